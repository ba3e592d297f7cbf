import * as v from 'valibot';
import { parseContract } from './parse.ts';

/** Where approvers sign in; travels to the page's function as one JSON environment variable. */
const signInSettingsSchema = v.object({
  /** Issuer identifier, exactly as its tokens carry it. */
  issuer: v.pipe(v.string(), v.url()),
  clientId: v.pipe(v.string(), v.minLength(1)),
  /** ARN of a confidential client's secret, never the secret itself. Absent: a public client, which needs none. */
  clientSecretArn: v.optional(v.pipe(v.string(), v.minLength(1))),
});
export type SignInSettings = v.InferOutput<typeof signInSettingsSchema>;
export const parseSignInSettings = (json: string): SignInSettings =>
  parseContract('sign-in settings', signInSettingsSchema, JSON.parse(json));
