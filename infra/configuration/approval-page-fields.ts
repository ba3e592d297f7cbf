import * as v from 'valibot';
import { strictObject } from '../../shared/contracts/typed-values.ts';
import { field, wholeBetween } from './field.ts';

/** Whole, because IAM compares it with what is granted; a name or an ARN cut short would be refused at run time. */
const SECRET_ARN = /^arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/;

/** How much the approval page takes, and who signs in to it. */
export const approvalPageFields = strictObject({
  requestsPerSecond: field(
    v.optional(wholeBetween(1, 1_000), 10),
    'Requests a second the approval page answers, over all callers; the rest get 429.',
    'whole number, 1 to 1,000',
  ),
  burst: field(
    v.optional(wholeBetween(1, 2_000), 20),
    'Requests the approval page answers at once before the rate counts.',
    'whole number, 1 to 2,000',
  ),
  oidcIssuer: field(
    v.optional(v.pipe(v.string(), v.trim(), v.url(), v.startsWith('https://'))),
    'OpenID Connect issuer that approvers sign in with besides holding the link (Cognito user pool, Entra ID, Okta, Keycloak ...). Left out: the link is enough. See [Sign-in](#sign-in).',
    'an https address, exactly as the issuer names itself',
  ),
  oidcClientId: field(
    v.optional(v.pipe(v.string(), v.regex(/^[\w.:/-]{1,256}$/, 'not a client id'))),
    'Client at that issuer: authorization code with PKCE, redirect address `<ApprovalPageUrl>/signed-in`.',
    'the id of the client',
  ),
  oidcClientSecretArn: field(
    v.optional(v.pipe(v.string(), v.regex(SECRET_ARN, 'not the whole ARN of a secret'))),
    'Secret (Secrets Manager, plain text or JSON with `clientSecret`) of a confidential client, which Google and others ask for. The page may read exactly this secret. Left out: a public client, which has none.',
    'the whole ARN of a secret in the same region, with the six characters at its end',
  ),
});
