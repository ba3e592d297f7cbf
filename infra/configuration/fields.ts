import * as z from 'zod/mini';
import { LAMBDA_MEMORY_MAX_MB, LAMBDA_MEMORY_MIN_MB } from '../../shared/constants.ts';
import { autoApprovalRuleSchema } from '../../shared/contracts/auto-approval.ts';
import { autoScalingFields, coldStartFields } from './account-fields.ts';
import { alarmFields, remediationFields } from './alarm-fields.ts';
import { isTimeZone } from './night-gaps.ts';

/** What docs/configuration.md says of a field. */
export interface FieldDocument {
  description: string;
  /** The values allowed, in words. */
  allowed: string;
}

/** Documentation of every field, beside its schema, so that the table in docs/configuration.md can be checked. */
export const fieldDocuments = z.registry<FieldDocument>();

/** CloudWatch Logs' retention periods in days (API PutRetentionPolicy), up to two years. */
export const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

/** Finest CloudWatch periods a look-back can be read at are kept 15 days (one minute) and 63 days (five minutes). */
const LOOKBACK_MAX_DAYS = 63;
/** The approval page lists a run's proposals on one page, and one digest names their total. */
const PROPOSALS_MAX = 1_000;
const HOURS_MAX = 23;
/** They travel to the functions in an environment variable, and Lambda gives all of those 4 KB. */
const AUTO_APPROVAL_RULES_MAX = 10;
/** 20 GB a night is 0.10 USD at 0.005 USD a GB scanned (us-east-1). */
const LOG_SCAN_BUDGET_BYTES = 20_000_000_000;
/** EventBridge Scheduler: six fields; `?` in exactly one of day-of-month and day-of-week. */
const CRON = /^\S+ \S+ (\? \S+ (?!\?)\S+|(?!\?)\S+ \S+ \?) \S+$/;

function field<Schema extends z.ZodMiniType>(schema: Schema, description: string, allowed: string): Schema {
  fieldDocuments.add(schema, { description, allowed });
  return schema;
}

const between = (minimum: number, maximum: number) => z.number().check(z.minimum(minimum), z.maximum(maximum));
const wholeBetween = (minimum: number, maximum: number) => between(minimum, maximum).check(z.int());
const emails = () => z.array(z.email());

const policyFields = z.strictObject({
  strategy: field(
    z._default(z.enum(['cost', 'balanced', 'speed', 'brief-rules']), 'cost'),
    'What a better memory size is: cheapest within `maxSlowdown`, a weighted balance, fastest, or the fixed percentages of `brief-rules`.',
    '`cost`, `balanced`, `speed`, `brief-rules`',
  ),
  balancedWeight: field(
    z._default(between(0, 1), 0.5),
    'For `balanced`: 0 looks at speed only, 1 at cost only.',
    '0 to 1',
  ),
  maxSlowdown: field(
    z._default(between(0, 1), 0.1),
    'Largest predicted growth of duration a cheaper size may bring, as a share.',
    '0 to 1',
  ),
  lookbackDays: field(
    z._default(wholeBetween(1, LOOKBACK_MAX_DAYS), 14),
    'Days of metrics a decision rests on. One-minute metrics are kept 15 days.',
    `whole number, 1 to ${LOOKBACK_MAX_DAYS}`,
  ),
  minimumInvocations: field(
    z._default(wholeBetween(1, 1_000_000), 50),
    'Invocations in the look-back below which a function is left alone for want of evidence.',
    'whole number, 1 to 1,000,000',
  ),
  memoryHeadroom: field(
    z._default(between(0, 2), 0.1),
    'Memory kept above the most ever seen used, as a share of it.',
    '0 to 2',
  ),
  minimumSavingsUsdPerMonth: field(
    z._default(between(0, 1_000_000), 0.5),
    'Changes that save less than this a month are not proposed.',
    '0 to 1,000,000',
  ),
  minimumMemorySizeMb: field(
    z._default(wholeBetween(LAMBDA_MEMORY_MIN_MB, LAMBDA_MEMORY_MAX_MB), LAMBDA_MEMORY_MIN_MB),
    'Smallest memory size ever proposed, in MB.',
    `whole number, ${LAMBDA_MEMORY_MIN_MB} to ${LAMBDA_MEMORY_MAX_MB}, not above \`policy.maximumMemorySizeMb\``,
  ),
  maximumMemorySizeMb: field(
    z._default(wholeBetween(LAMBDA_MEMORY_MIN_MB, LAMBDA_MEMORY_MAX_MB), LAMBDA_MEMORY_MAX_MB),
    'Largest memory size ever proposed, in MB. New accounts may be limited to 3,008.',
    `whole number, ${LAMBDA_MEMORY_MIN_MB} to ${LAMBDA_MEMORY_MAX_MB}`,
  ),
  maximumProposals: field(
    z._default(wholeBetween(1, PROPOSALS_MAX), PROPOSALS_MAX),
    'Most proposals of one night; the ones that save most come first.',
    `whole number, 1 to ${PROPOSALS_MAX}`,
  ),
});

const approvalPageFields = z.strictObject({
  requestsPerSecond: field(
    z._default(wholeBetween(1, 1_000), 10),
    'Requests a second the approval page answers, over all callers; the rest get 429.',
    'whole number, 1 to 1,000',
  ),
  burst: field(
    z._default(wholeBetween(1, 2_000), 20),
    'Requests the approval page answers at once before the rate counts.',
    'whole number, 1 to 2,000',
  ),
  oidcIssuer: field(
    z.optional(z.url({ protocol: /^https$/ })),
    'OpenID Connect issuer that approvers sign in with besides holding the link (Cognito user pool, Entra ID, Okta, Keycloak ...). Left out: the link is enough. See [Sign-in](#sign-in).',
    'an https address, exactly as the issuer names itself',
  ),
  oidcClientId: field(
    z.optional(z.string().check(z.regex(/^[\w.:/-]{1,256}$/, 'not a client id'))),
    'Client at that issuer: public (no secret), authorization code with PKCE, redirect address `<ApprovalPageUrl>/signed-in`.',
    'the id of the client',
  ),
});

/** SES takes at most 50 recipients a mail. */
const HTML_READERS_MAX = 50;
/** `Name <address>` or an address alone. */
const SENDER = /^([^<>@]{1,100} <[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+)$/;
/** Characters that Secrets Manager allows in names. */
const secretName = () => z.string().check(z.regex(/^[\w/+=.@-]{1,512}$/, "not a secret's name"));

const htmlDigestFields = z.strictObject({
  from: field(
    z.optional(z.string().check(z.regex(SENDER, 'not a sender'))),
    'Sender of the digest as an HTML mail by Amazon SES; its address or domain must be a verified identity there. Left out: no HTML mail.',
    'an e-mail address, or `Name <address>`',
  ),
  to: field(
    z._default(emails().check(z.maxLength(HTML_READERS_MAX)), []),
    'Who gets the HTML mail; name them here instead of in `emails`.',
    `a list of at most ${HTML_READERS_MAX} e-mail addresses`,
  ),
});

const channelFields = z.strictObject({
  slackSecretName: field(
    z.optional(secretName()),
    'Secret (Secrets Manager, a plain string) that holds the URL of a Slack incoming webhook. Left out: no Slack.',
    'the name of a secret in the same account and region',
  ),
  pagerDutySecretName: field(
    z.optional(secretName()),
    'Secret (Secrets Manager, a plain string) that holds the integration key of a PagerDuty service (Events API v2). Left out: no PagerDuty.',
    'the name of a secret in the same account and region',
  ),
  linkInEvents: field(
    z._default(z.boolean(), false),
    "Whether the event `Rightsizer Approvals Requested`, and so Slack, carries the approval page's link. Whoever reads the event can then decide.",
    '`true`, `false`',
  ),
});

/** Every field of a stage's configuration. Cross-field rules are in cross-checks.ts. */
export const stageFields = z.strictObject({
  stackName: field(
    z._default(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,29}$/, 'not a stack name')), 'Rightsizer'),
    'Name of the CloudFormation stack; a second stage in the same account and region needs another.',
    'a letter, then up to 29 letters, digits and hyphens',
  ),
  region: field(
    z.optional(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'not an AWS region'))),
    'Region to deploy to.',
    'an AWS region (left out: that of the credentials at deployment)',
  ),
  account: field(
    z.optional(z.string().check(z.regex(/^\d{12}$/, 'not an AWS account id'))),
    'Account to deploy to.',
    '12 digits (left out: the account of the credentials at deployment)',
  ),
  scheduleCron: field(
    z._default(z.string().check(z.regex(CRON, 'not a six-field cron expression')), '0 2 * * ? *'),
    'When a night starts: an EventBridge Scheduler cron expression, without the `cron()` around it.',
    'minutes, hours, day of month, month, day of week, year, with `?` in one of the two day fields',
  ),
  timeZone: field(
    z._default(z.string().check(z.refine(isTimeZone, 'not a time zone')), 'UTC'),
    'Time zone of `scheduleCron`; daylight saving is followed.',
    'an IANA name such as `Europe/Berlin`',
  ),
  scheduleEnabled: field(
    z._default(z.boolean(), true),
    'Whether nights start by themselves. Off: runs start from the console only.',
    '`true`, `false`',
  ),
  policy: z.prefault(policyFields, {}),
  approvalWindowHours: field(
    z._default(between(0.25, HOURS_MAX), 16),
    'Hours people have to decide; without an answer nothing changes.',
    `0.25 to ${HOURS_MAX}, and to end with \`verificationWindowHours\` before the next night`,
  ),
  verificationWindowHours: field(
    z._default(between(0.25, HOURS_MAX), 4),
    'Hours of production traffic after a change before it is judged.',
    `0.25 to ${HOURS_MAX}`,
  ),
  watchNights: field(
    z._default(wholeBetween(0, 60), 7),
    'Nights an inconclusive change is looked at again before it is kept as unverified.',
    'whole number, 0 to 60',
  ),
  coolDownDays: field(z._default(between(0, 365), 14), 'Days a function is left alone after a rollback.', '0 to 365'),
  approvalMode: field(
    z._default(z.enum(['ask', 'policy']), 'ask'),
    'Who decides: people only, or `autoApprovalRules` first and people about the rest. A run started by hand may say otherwise.',
    '`ask`, `policy`',
  ),
  autoApprovalRules: field(
    z._default(z.array(autoApprovalRuleSchema).check(z.maxLength(AUTO_APPROVAL_RULES_MAX)), []),
    'Rules that approve by themselves what meets all of their conditions, the first that fits; see [Auto-approval](#auto-approval).',
    `a list of at most ${AUTO_APPROVAL_RULES_MAX} rules: \`name\`, \`tags\`, \`maximumRisk\`, \`maximumMemoryChange\`, \`onlyWithinGuard\`, \`maximumCostIncreaseUsdPerMonth\``,
  ),
  controlPlaneShare: field(
    z._default(between(0.01, 1), 0.3),
    "Share of Lambda's 15 control-plane calls a second that changes may use; the rest is left to your deployments.",
    '0.01 to 1',
  ),
  logScanBudgetBytes: field(
    z._default(wholeBetween(0, 10_000_000_000_000), LOG_SCAN_BUDGET_BYTES),
    "Bytes of logs one night may scan for memory evidence (0.005 USD a GB in us-east-1). 0: Compute Optimizer's evidence only.",
    'whole number, 0 to 10 TB',
  ),
  retentionDays: field(
    z._default(wholeBetween(8, 3_650), 365),
    'Days that run artifacts and short-lived ledger items are kept.',
    'whole number, 8 to 3,650 (decided pages stay readable for seven days)',
  ),
  emails: field(
    z._default(emails(), []),
    "Who gets the night's digest. Each address confirms its subscription once.",
    'a list of e-mail addresses',
  ),
  alarmEmails: field(
    z.optional(emails()),
    "Who gets alarms about Rightsizer itself; left out: the digest's addresses.",
    'a list of e-mail addresses',
  ),
  htmlDigest: z.prefault(htmlDigestFields, {}),
  channels: z.prefault(channelFields, {}),
  logRetentionDays: field(
    z._default(z.literal(LOG_RETENTION_DAYS), 90),
    'Days that logs of the task functions and of the approval page are kept.',
    LOG_RETENTION_DAYS.join(', '),
  ),
  approvalPage: z.prefault(approvalPageFields, {}),
  runbookUrl: field(
    z._default(z.string().check(z.minLength(1)), 'docs/runbook.md'),
    'Where alarm descriptions point to; set it to where your operators read the runbook.',
    'an address, without `#`',
  ),
  autoScaling: z.prefault(autoScalingFields(field), {}),
  coldStart: z.prefault(coldStartFields(field), {}),
  alarms: z.prefault(alarmFields(field), {}),
  remediation: z.prefault(remediationFields(field), {}),
  tags: field(
    z._default(
      z.record(z.string().check(z.regex(/^(?!aws:).{1,128}$/, 'not a tag key')), z.string().check(z.maxLength(256))),
      {},
    ),
    'Tags on every resource of the stack.',
    'an object of tag names and values',
  ),
});

export type StageConfiguration = z.output<typeof stageFields>;
