import * as v from 'valibot';
import { RATE_LIMIT_SHARE } from '../../shared/aws-rates.ts';
import { ALL_TASKS, LAMBDA_MEMORY_MAX_MB, LAMBDA_MEMORY_MIN_MB } from '../../shared/constants.ts';
import { autoApprovalRuleSchema } from '../../shared/contracts/auto-approval.ts';
import { DELIVERIES } from '../../shared/contracts/outcome.ts';
import { record, strictObject } from '../../shared/contracts/typed-values.ts';
import { autoScalingFields, coldStartFields } from './account-fields.ts';
import { alarmFields, remediationFields } from './alarm-fields.ts';
import { approvalPageFields } from './approval-page-fields.ts';
import { channelFields, htmlDigestFields } from './channel-fields.ts';
import { between, emails, field, wholeBetween } from './field.ts';
import { isTimeZone } from './night-gaps.ts';
import { organizationField } from './organization-fields.ts';
import { kmsKeyArn, permissionsBoundaryArn } from './ownership-fields.ts';
import { policyFields } from './policy-fields.ts';

/** CloudWatch Logs' retention periods in days (API PutRetentionPolicy), up to two years. */
export const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

const HOURS_MAX = 23;
/** They travel to the functions in an environment variable, and Lambda gives all of those 4 KB. */
const AUTO_APPROVAL_RULES_MAX = 10;
/** 20 GB a night is 0.10 USD at 0.005 USD a GB scanned (us-east-1). */
const LOG_SCAN_BUDGET_BYTES = 20_000_000_000;
/** EventBridge Scheduler: six fields; `?` in exactly one of day-of-month and day-of-week. */
const CRON = /^\S+ \S+ (\? \S+ (?!\?)\S+|(?!\?)\S+ \S+ \?) \S+$/;

/** Every field of a stage's configuration. Cross-field rules are in cross-checks.ts. */
export const stageFields = strictObject({
  stackName: field(
    v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,29}$/, 'not a stack name')), 'Rightsizer'),
    'Name of the CloudFormation stack; a second stage in the same account and region needs another.',
    'a letter, then up to 29 letters, digits and hyphens',
  ),
  region: field(
    v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'not an AWS region'))),
    'Region to deploy to.',
    'an AWS region (left out: that of the credentials at deployment)',
  ),
  account: field(
    v.optional(v.pipe(v.string(), v.regex(/^\d{12}$/, 'not an AWS account id'))),
    'Account to deploy to.',
    '12 digits (left out: the account of the credentials at deployment)',
  ),
  organization: organizationField,
  scheduleCron: field(
    v.optional(v.pipe(v.string(), v.regex(CRON, 'not a six-field cron expression')), '0 2 * * ? *'),
    'When a night starts: an EventBridge Scheduler cron expression, without the `cron()` around it.',
    'minutes, hours, day of month, month, day of week, year, with `?` in one of the two day fields',
  ),
  timeZone: field(
    v.optional(v.pipe(v.string(), v.check(isTimeZone, 'not a time zone')), 'UTC'),
    'Time zone of `scheduleCron`; daylight saving is followed.',
    'an IANA name such as `Europe/Berlin`',
  ),
  scheduleEnabled: field(
    v.optional(v.boolean(), true),
    'Whether nights start by themselves. Off: runs start from the console only.',
    '`true`, `false`',
  ),
  readOnly: field(
    v.optional(v.boolean(), false),
    'Only assess and report: every run is a dry run, nothing is deployed that writes to the account by day, and no role may change a function; see [Read-only](#read-only).',
    '`true`, `false`',
  ),
  permissionsBoundaryArn,
  kmsKeyArn,
  policy: v.optional(policyFields, {}),
  approvalWindowHours: field(
    v.optional(between(0.25, HOURS_MAX), 16),
    'Hours people have to decide; without an answer nothing changes.',
    `0.25 to ${HOURS_MAX}, and to end with \`verificationWindowHours\` before the next night`,
  ),
  verificationWindowHours: field(
    v.optional(between(0.25, HOURS_MAX), 4),
    'Hours of production traffic after a change before it is judged.',
    `0.25 to ${HOURS_MAX}`,
  ),
  watchNights: field(
    v.optional(wholeBetween(0, 60), 7),
    'Nights an inconclusive change is looked at again before it is kept as unverified; of a function that rests for days at least four of its intervals.',
    'whole number, 0 to 60',
  ),
  coolDownDays: field(v.optional(between(0, 365), 14), 'Days a function is left alone after a rollback.', '0 to 365'),
  approvalMode: field(
    v.optional(v.picklist(['ask', 'policy']), 'ask'),
    'Who decides: people only, or `autoApprovalRules` first and people about the rest. A run started by hand may say otherwise.',
    '`ask`, `policy`',
  ),
  autoApprovalRules: field(
    v.optional(v.pipe(v.array(autoApprovalRuleSchema), v.maxLength(AUTO_APPROVAL_RULES_MAX)), []),
    'Rules that approve by themselves what meets all of their conditions, the first that fits; see [Auto-approval](#auto-approval).',
    `a list of at most ${AUTO_APPROVAL_RULES_MAX} rules: \`name\`, \`tags\`, \`maximumRisk\`, \`maximumMemoryChange\`, \`onlyWithinGuard\`, \`maximumCostIncreaseUsdPerMonth\``,
  ),
  ownedFunctions: field(
    v.optional(v.picklist(DELIVERIES), 'apply'),
    'What an approval does to functions that CloudFormation, CDK, SAM, Serverless or Terraform own, as their tags tell: `apply` writes at once, and the source is to follow; `patch` writes nothing, hands the change to the source, and verifies it once a deployment has carried it. See [Functions kept as code](#functions-kept-as-code).',
    '`apply`, `patch`',
  ),
  controlPlaneShare: field(
    v.optional(between(0.01, 1), 0.3),
    "Share of Lambda's 15 control-plane calls a second that changes may use, three quarters of it the night's, a quarter remediation's; the rest is left to your deployments.",
    '0.01 to 1',
  ),
  rateLimitShare: field(
    v.optional(between(0.01, 1), RATE_LIMIT_SHARE),
    "Share of the rates that AWS documents for the account (Lambda's and Logs Insights' calls, CloudWatch's data points a second) that a night's reading may use; the rest is left to everybody else. Changes go by `controlPlaneShare`.",
    '0.01 to 1',
  ),
  logScanBudgetBytes: field(
    v.optional(wholeBetween(0, 10_000_000_000_000), LOG_SCAN_BUDGET_BYTES),
    "Bytes of logs one night may scan for memory evidence (0.005 USD a GB in us-east-1). 0: Compute Optimizer's evidence only.",
    'whole number, 0 to 10 TB',
  ),
  retentionDays: field(
    v.optional(wholeBetween(8, 3_650), 365),
    'Days that run artifacts and short-lived ledger items are kept.',
    'whole number, 8 to 3,650 (decided pages stay readable for seven days)',
  ),
  emails: field(
    v.optional(emails(), []),
    "Who gets the night's digest. Each address confirms its subscription once.",
    'a list of e-mail addresses',
  ),
  alarmEmails: field(
    v.optional(emails()),
    "Who gets alarms about Rightsizer itself; left out: the digest's addresses.",
    'a list of e-mail addresses',
  ),
  htmlDigest: v.optional(htmlDigestFields, {}),
  channels: v.optional(channelFields, {}),
  logRetentionDays: field(
    v.optional(v.picklist(LOG_RETENTION_DAYS), 90),
    'Days that logs of the task functions and of the approval page are kept.',
    LOG_RETENTION_DAYS.join(', '),
  ),
  taskMemoryMb: field(
    v.optional(record(v.picklist(ALL_TASKS), wholeBetween(LAMBDA_MEMORY_MIN_MB, LAMBDA_MEMORY_MAX_MB)), {}),
    'Memory of our own functions, by task, in MB, where yours need another size than the one that was measured for an account of 10,000 functions; nights never change them. See [Our own functions](#our-own-functions).',
    'an object of task names, as their folders under `tasks/` have them (`prepare-approvals`), and whole numbers, 128 to 10,240',
  ),
  approvalPage: v.optional(approvalPageFields, {}),
  runbookUrl: field(
    v.optional(v.pipe(v.string(), v.minLength(1)), 'docs/runbook.md'),
    'Where alarm descriptions point to; set it to where your operators read the runbook.',
    'an address, without `#`',
  ),
  autoScaling: v.optional(autoScalingFields(field), {}),
  coldStart: v.optional(coldStartFields(field), {}),
  alarms: v.optional(alarmFields(field), {}),
  remediation: v.optional(remediationFields(field), {}),
  tags: field(
    v.optional(
      record(v.pipe(v.string(), v.regex(/^(?!aws:).{1,128}$/, 'not a tag key')), v.pipe(v.string(), v.maxLength(256))),
      {},
    ),
    'Tags on every resource of the stack.',
    'an object of tag names and values',
  ),
});

export type StageConfiguration = v.InferOutput<typeof stageFields>;
