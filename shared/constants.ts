/** Names that infrastructure, workflows, tasks and the sandbox must agree on. No code, no AWS. */

/** Tasks of one night; each name is its folder under tasks/night/, its function's service name and, in PascalCase, its state. */
export const NIGHT_TASKS = [
  'start-run',
  'list-open-changes',
  'discover-functions',
  'collect-memory-evidence',
  'collect-metrics',
  'analyze',
  'estimate-savings',
  'prepare-approvals',
  'apply-change',
  'verify-change',
  'finish-shift',
  'roll-back-change',
  'record-outcome',
  'summarize-run',
  'fail-run',
] as const;

/** Tasks that ask people and take their answers (tasks/approval/). The page and the stream's consumer are no states. */
export const APPROVAL_TASKS = ['request-approval', 'expire-proposal', 'serve-page', 'deliver-decision'] as const;

/** Tasks of the Remediation workflow (tasks/remediation/). */
export const REMEDIATION_TASKS = ['classify-alarm', 'remediate', 'verify-alarm-cleared', 'record-remediation'] as const;

/** Tasks of the three configuration workflows, and the operator API (tasks/configuration/). */
export const CONFIGURATION_TASKS = [
  'configure-alarms',
  'configure-auto-scaling',
  'apply-cold-start-mitigation',
  'warm-up',
  'operate',
] as const;

const ROOMS = {
  night: NIGHT_TASKS,
  approval: APPROVAL_TASKS,
  remediation: REMEDIATION_TASKS,
  configuration: CONFIGURATION_TASKS,
} as const;
export type AnyTaskName = (typeof ROOMS)[keyof typeof ROOMS][number];
export const ALL_TASKS: readonly AnyTaskName[] = Object.values(ROOMS).flat();

/** Folder of each task, relative to the project; its `handler.ts` is the function's entry. */
export const TASK_FOLDERS = Object.fromEntries(
  Object.entries(ROOMS).flatMap(([room, tasks]) => tasks.map((task) => [task, `tasks/${room}/${task}`])),
) as Readonly<Record<AnyTaskName, string>>;

/** Tasks of the nightly state machine, the page and the stream's consumer: one group of functions in the stack. */
export const TASKS = [...NIGHT_TASKS, ...APPROVAL_TASKS] as const;
export type TaskName = (typeof TASKS)[number];

/** Functions that the stack keeps together because they share the alarm topic. */
export const ALARM_TASKS = ['configure-alarms', ...REMEDIATION_TASKS] as const;
export type AlarmTaskName = (typeof ALARM_TASKS)[number];

/** Functions that change the account's settings, and the API that starts them. */
export const ACCOUNT_TASKS = ['configure-auto-scaling', 'apply-cold-start-mitigation', 'warm-up', 'operate'] as const;
export type AccountTaskName = (typeof ACCOUNT_TASKS)[number];

/** Environment variables of the task functions; a task gets only those it reads. */
export const Env = {
  ledgerTableName: 'LEDGER_TABLE_NAME',
  runBucketName: 'RUN_BUCKET_NAME',
  digestTopicArn: 'DIGEST_TOPIC_ARN',
  eventBusName: 'EVENT_BUS_NAME',
  /** Base URL of the approval page, without a slash at the end. */
  approvalBaseUrl: 'APPROVAL_BASE_URL',
  /** JSON of RunSettings (shared/contracts/settings.ts). */
  runSettings: 'RUN_SETTINGS',
  /** JSON of DigestSettings (shared/contracts/digest-settings.ts). */
  digestSettings: 'DIGEST_SETTINGS',
  /** JSON of SignInSettings (shared/contracts/sign-in.ts); only where approvers sign in. */
  signInSettings: 'SIGN_IN_SETTINGS',
  /** Name of our own stack, whose functions are never touched. */
  stackName: 'RIGHTSIZER_STACK_NAME',
  /** JSON of OrganizationSettings (shared/contracts/organization.ts); only where other accounts are looked after. */
  organization: 'ORGANIZATION',
  /** Where alarms on the account's functions, and what was done about them, are told. */
  alarmTopicArn: 'ALARM_TOPIC_ARN',
  /** JSON of AlarmSettings (shared/contracts/alarms.ts). */
  alarmSettings: 'ALARM_SETTINGS',
  /** JSON of RemediationSettings (shared/contracts/remediation.ts). */
  remediationSettings: 'REMEDIATION_SETTINGS',
  /** The nightly state machine, of which remediation may start a run for a single function. */
  nightStateMachineArn: 'NIGHT_STATE_MACHINE_ARN',
  /** The remediation state machine, which an approval of what it asked about starts. */
  remediationStateMachineArn: 'REMEDIATION_STATE_MACHINE_ARN',
  /** JSON of AutoScalingSettings (shared/contracts/auto-scaling.ts). */
  autoScalingSettings: 'AUTO_SCALING_SETTINGS',
  /** JSON of ColdStartSettings (shared/contracts/cold-start.ts). */
  coldStartSettings: 'COLD_START_SETTINGS',
  /** The function that warm-up schedules call, and the role they call it by. */
  warmUpFunctionArn: 'WARM_UP_FUNCTION_ARN',
  warmUpRoleArn: 'WARM_UP_ROLE_ARN',
  /** JSON of OperatorSettings (shared/contracts/operator.ts). */
  operatorSettings: 'OPERATOR_SETTINGS',
} as const;

/** Beginning of the run bucket's keys under which configuration workflows keep their lists. */
export const CONFIGURATION_PREFIX = 'configuration';

/** Sparse index of the ledger over changes that are not settled yet. */
export const OPEN_CHANGES_INDEX = 'OpenChanges';

/** Where a stage keeps its own metrics: two stages in one account must not add up. */
export const metricNamespace = (stackName: string): string => `Rightsizer/${stackName}`;
export const EVENT_SOURCE = 'rightsizer';

/** Key of the template's metadata under which a stack says what it was deployed with. */
export const CONFIGURATION_METADATA = 'Rightsizer';

/** Metrics of one run, published by SummarizeRun; alarms and dashboard key on them. */
export const RunMetric = {
  functionsAssessed: 'FunctionsAssessed',
  functionsFailed: 'FunctionsFailed',
  proposals: 'Proposals',
  proposalsExpired: 'ProposalsExpired',
  changesApplied: 'ChangesApplied',
  changesVerified: 'ChangesVerified',
  changesRolledBack: 'ChangesRolledBack',
  /** The longest that any one source of evidence has been away, in nights. */
  nightsSourceAway: 'NightsSourceAway',
  estimatedSavings: 'EstimatedSavingsUsdPerMonth',
  realizedSavings: 'RealizedSavingsUsdPerMonth',
  runsFailed: 'RunsFailed',
  /** Published by PrepareApprovals where it is nobody. */
  digestReaders: 'DigestReaders',
} as const;

/** Lambda's limits for normal functions, enforced by us because the API model allows Managed Instances' higher ones. */
export const LAMBDA_MEMORY_MIN_MB = 128;
export const LAMBDA_MEMORY_MAX_MB = 10_240;
export const LAMBDA_TIMEOUT_MAX_SECONDS = 900;

/** A function with this tag (any value but "false") is left alone. */
export const EXCLUDE_TAG = 'rightsizer:exclude';
/** Tells that a function's handler answers warm-up calls without working (`withWarmUp`); only such are called. */
export const WARM_UP_TAG = 'rightsizer:warm-up';
