import type { JWK } from 'jose';

/** What the test tells the provider's process, as JSON in its only argument. */
export interface ProviderOptions {
  /** `https://…`; TLS ends before the process, at a proxy that is the test. */
  readonly issuer: string;
  readonly redirectUri: string;
  /** Private keys; the provider publishes their public halves and signs by the first. */
  readonly keys: readonly JWK[];
  readonly clientSecret: string;
  /** How the confidential client proves itself, and all that the provider takes. @default - every way it knows */
  readonly onlyMethod?: 'client_secret_basic' | 'client_secret_post';
}

export const PUBLIC_CLIENT = 'public-client';
export const CONFIDENTIAL_CLIENT = 'confidential-client';
