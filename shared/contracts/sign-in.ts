import * as z from 'zod/mini';
import { parseContract } from './parse.ts';

/** Where approvers sign in; travels to the page's function as one JSON environment variable. */
const signInSettingsSchema = z.object({
  /** Issuer identifier, exactly as its tokens carry it. */
  issuer: z.url(),
  clientId: z.string().check(z.minLength(1)),
  /** ARN of a confidential client's secret, never the secret itself. Absent: a public client, which needs none. */
  clientSecretArn: z.optional(z.string().check(z.minLength(1))),
});
export type SignInSettings = z.output<typeof signInSettingsSchema>;
export const parseSignInSettings = (json: string): SignInSettings =>
  parseContract('sign-in settings', signInSettingsSchema, JSON.parse(json));
