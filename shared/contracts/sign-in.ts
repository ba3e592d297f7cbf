import * as z from 'zod/mini';
import { parseContract } from './parse.ts';

/** Where approvers sign in; travels to the page's function as one JSON environment variable. */
const signInSettingsSchema = z.object({
  /** Issuer identifier, exactly as its tokens carry it. */
  issuer: z.url(),
  /** A public client (authorization code with PKCE), so that the page needs no secret. */
  clientId: z.string().check(z.minLength(1)),
});
export type SignInSettings = z.output<typeof signInSettingsSchema>;
export const parseSignInSettings = (json: string): SignInSettings =>
  parseContract('sign-in settings', signInSettingsSchema, JSON.parse(json));

/** What of an issuer's metadata the code flow needs. @see https://openid.net/specs/openid-connect-discovery-1_0.html */
const issuerMetadataSchema = z.object({
  issuer: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});
export type IssuerMetadata = z.output<typeof issuerMetadataSchema>;
export const parseIssuerMetadata = (value: unknown): IssuerMetadata =>
  parseContract('issuer metadata', issuerMetadataSchema, value);

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kid: z.optional(z.string()), kty: z.string() })) });
export type IssuerKey = z.output<typeof keySetSchema>['keys'][number];
export const parseKeySet = (value: unknown): IssuerKey[] => parseContract('issuer keys', keySetSchema, value).keys;

const tokenAnswerSchema = z.object({ id_token: z.string() });
export const parseTokenAnswer = (value: unknown): { id_token: string } =>
  parseContract('token answer', tokenAnswerSchema, value);
