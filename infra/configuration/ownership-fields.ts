import * as v from 'valibot';
import { field } from './field.ts';

/** Whole, because policies name the key by it: an alias may lead elsewhere tomorrow. */
const KEY_ARN = /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** Of the account, or one of AWS's own. */
const POLICY_ARN = /^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/;

/** What an account's own rules ask of everything that is deployed into it. */
export const permissionsBoundaryArn = field(
  v.optional(v.pipe(v.string(), v.regex(POLICY_ARN, 'not the ARN of a managed policy'))),
  'Managed policy that bounds every role of the stack. What it leaves out is refused at run time, whatever the roles allow; see [Boundary and key](#boundary-and-key).',
  'the ARN of a managed policy (left out: no boundary)',
);

export const kmsKeyArn = field(
  v.optional(v.pipe(v.string(), v.regex(KEY_ARN, 'not the whole ARN of a key'))),
  'Key of your own (KMS, symmetric) that encrypts ledger, run artifacts, digest, variables and logs. Its policy must let the stack use it; see [Boundary and key](#boundary-and-key).',
  'the whole ARN of a key in the same account and region, no alias (left out: keys of AWS)',
);
