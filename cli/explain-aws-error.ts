import { isDenied } from '../shared/clients/aws-call.ts';

/** What AWS, or the SDK before it asked AWS, says; which errors it may be, and what a person can do about it. */
interface Remedy {
  readonly names: readonly string[];
  readonly says?: RegExp;
  readonly todo: string;
}

const SIGN_IN = 'sign in ("aws sso login" or "aws configure"), or name a profile with AWS_PROFILE; then try again';

const REMEDIES: readonly Remedy[] = [
  { names: ['CredentialsProviderError'], todo: SIGN_IN },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'SSOTokenProviderFailure'],
    todo: 'the credentials have expired: sign in again ("aws sso login"), or get new ones, and try again',
  },
  {
    names: [
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'AuthFailure',
    ],
    todo: 'AWS does not know these credentials: check AWS_PROFILE and AWS_ACCESS_KEY_ID ("aws sts get-caller-identity" shows who you are); credentials of one partition (aws, aws-cn, aws-us-gov) are unknown in another',
  },
  {
    names: ['RequestExpired', 'RequestTimeTooSkewed'],
    todo: 'the clock of this machine is wrong: AWS takes requests within five minutes of its own time',
  },
  {
    names: [],
    says: /region is missing|region not accepted/i,
    todo: 'name one with --region, AWS_REGION or the profile ("aws configure set region eu-central-1")',
  },
  {
    names: [],
    says: /^Stack with id .* does not exist/,
    todo: 'nothing of that name is deployed in this region: name the stack with --stack (or RIGHTSIZER_STACK) and the region with --region, or deploy it: "npx cdk deploy -c rightsizer.emails=you@example.com"',
  },
  {
    names: ['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN'],
    todo: 'AWS cannot be reached from here: check the network, the proxy and the name of the region',
  },
  {
    names: ['EACCES', 'ENOSPC', 'ENOTDIR', 'EROFS'],
    todo: 'this machine refuses to write there: set XDG_CACHE_HOME to a folder that can be written (~/.cache otherwise), or give --html another file',
  },
];

/**
 * What to do about an error that AWS's side of a command ended in; undefined where nothing helpful is known. Looks
 * through `cause`, because callAws gives failures names of its own.
 */
export function remedyFor(error: unknown): string | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    if (isDenied(each)) return 'your identity lacks that permission; docs/cli.md lists what each command needs';
    const found = REMEDIES.find((remedy) => matches(remedy, each as Error & { code?: unknown }));
    if (found !== undefined) return found.todo;
  }
  return undefined;
}

const matches = ({ names, says }: Remedy, { name, code, message }: Error & { code?: unknown }): boolean =>
  names.includes(name) || names.includes(String(code)) || says?.test(message) === true;
