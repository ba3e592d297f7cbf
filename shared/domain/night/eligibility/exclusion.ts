import { EXCLUDE_TAG } from '../../../constants.ts';
import { type FunctionRecord, isOfNewerRelease } from '../../../contracts/ledger.ts';
import type { Look } from '../../../contracts/look.ts';
import type { Exclusion, ExclusionReason } from '../../../contracts/manifest.ts';
import type { RunContext } from '../../../contracts/run.ts';
import { bareName } from '../../organization/place.ts';
import { weeklyLook } from '../looks/weekly-look.ts';
import { isProposalOpen } from './abandoned-proposal.ts';
import { updatesBlockedSince } from './deprecated-runtimes.ts';
import type { ListedFunction } from './listed-function.ts';
import { isRevertedByDeploy, REVERTED_REST_DAYS, revertedRestEnds } from './reverted-by-deploy.ts';

/** Everything a night knows about a function before it looks at production. */
export interface FunctionFacts {
  readonly listed: ListedFunction;
  readonly tags: Readonly<Record<string, string>>;
  /** Why nobody's tags could be read tonight. @default - they were read */
  readonly tagsUnavailable?: string;
  readonly record: FunctionRecord | undefined;
  /** Why no function's record could be read tonight. @default - they were read */
  readonly historyUnavailable?: string;
  readonly scope: RunContext['scope'];
  /** The run that asks, to which its own open proposal is no obstacle. @default - none */
  readonly runId?: string;
  /** What is remembered of an earlier night's look at it, and tonight's date. @default - nothing, so that it is looked at */
  readonly remembered?: { look: Look | undefined; runDate: string };
  /** Name of the stack Rightsizer itself runs in. */
  readonly ownStackName: string;
  readonly now: Date;
}

const STACK_NAME_TAG = 'aws:cloudformation:stack-name';
/** What follows a stack's name in the name of a function that its template does not name. */
const GENERATED_NAME = /^[A-Za-z0-9]+-[A-Za-z0-9]{8,}$/;

type Rule = readonly [ExclusionReason, (facts: FunctionFacts) => string | undefined];

/** A rule answers a message when it excludes. The first that does gives the reason, so the lasting ones come first. */
const RULES: readonly Rule[] = [
  ['OwnPipeline', ownPipeline],
  ['OptedOut', optedOut],
  ['OutOfScope', outOfScope],
  ['LambdaAtEdge', lambdaAtEdge],
  ['ManagedInstances', managedInstances],
  ['DurableFunction', durableFunction],
  ['CodeSigning', codeSigning],
  ['DeprecatedRuntime', deprecatedRuntime],
  ['SourceUnavailable', tagsUnknown],
  ['SourceUnavailable', historyUnknown],
  ['SourceUnavailable', historyUnreadable],
  ['NotActive', notActive],
  ['UpdateInProgress', updateInProgress],
  ['OpenProposal', openProposal],
  ['OpenChange', openChange],
  ['CoolingDown', coolingDown],
  ['RevertedByDeploy', revertedByDeploy],
  ['WeeklyLook', cheaperThanLooking],
];

/** Why the night leaves the function alone, in words an operator can act on; undefined when it may be assessed. */
export function exclusionFor(facts: FunctionFacts): Exclusion | undefined {
  const { functionName, functionArn } = facts.listed;
  for (const [reason, messageOf] of RULES) {
    const message = messageOf(facts);
    if (message !== undefined) return { functionName, functionArn, reason, message };
  }
  return undefined;
}

/** A tag may say to leave it alone; not knowing is no permission. */
function tagsUnknown({ tagsUnavailable }: FunctionFacts): string | undefined {
  return tagsUnavailable && `its tags could not be read, and they may say to leave it alone: ${tagsUnavailable}`;
}

/** A person may have rejected the change yesterday, or another night may have it open. */
function historyUnknown({ historyUnavailable }: FunctionFacts): string | undefined {
  return (
    historyUnavailable &&
    `what earlier nights did with it could not be read, and it may have to rest: ${historyUnavailable}`
  );
}

/** A release that was deployed after this one, and taken back, may have written what this one would get wrong. */
function historyUnreadable({ record }: FunctionFacts): string | undefined {
  if (record === undefined || !isOfNewerRelease(record)) return undefined;
  return 'its record in the ledger was written by a newer release of Rightsizer than is deployed; deploy that one again';
}

function optedOut({ tags }: FunctionFacts): string | undefined {
  const value = tags[EXCLUDE_TAG];
  if (value === undefined || value.toLowerCase() === 'false') return undefined;
  return `tag ${EXCLUDE_TAG} is "${value}"; remove it or set it to "false" to have the function assessed`;
}

function outOfScope({ listed, tags, tagsUnavailable, scope }: FunctionFacts): string | undefined {
  if (scope.functionNames !== undefined && !scope.functionNames.includes(listed.functionName)) {
    return 'not among the function names this run was limited to';
  }
  if (scope.functionNamePrefix !== undefined && !bareName(listed.functionName).startsWith(scope.functionNamePrefix)) {
    return `its name does not start with "${scope.functionNamePrefix}", to which this run was limited`;
  }
  if (tagsUnavailable !== undefined) return undefined;
  const missing = Object.entries(scope.tags ?? {}).find(([key, value]) => tags[key] !== value);
  return missing && `tag ${missing[0]} is not "${missing[1]}", to which this run was limited`;
}

function ownPipeline(facts: FunctionFacts): string | undefined {
  const { tags, tagsUnavailable, ownStackName } = facts;
  const isOwn = tagsUnavailable === undefined ? tags[STACK_NAME_TAG] === ownStackName : isNamedAsOwn(facts);
  return isOwn ? `part of Rightsizer's own stack ${ownStackName}, which never changes itself` : undefined;
}

/** CloudFormation names a stack's functions after the stack, their logical id and a suffix of its own. */
function isNamedAsOwn({ listed, ownStackName }: FunctionFacts): boolean {
  const { functionName } = listed;
  const prefix = `${ownStackName}-`;
  return functionName.startsWith(prefix) && GENERATED_NAME.test(functionName.slice(prefix.length));
}

function lambdaAtEdge({ listed }: FunctionFacts): string | undefined {
  if (listed.masterArn === undefined) return undefined;
  return `Lambda@Edge replica of ${listed.masterArn}; change the function in us-east-1 and publish it there`;
}

function managedInstances({ listed }: FunctionFacts): string | undefined {
  if (!listed.managedInstances) return undefined;
  return 'runs on Lambda Managed Instances, where the instances are paid for and less memory saves nothing';
}

function durableFunction({ listed }: FunctionFacts): string | undefined {
  if (!listed.durable) return undefined;
  return 'durable function: executions under way would meet another configuration than they started with';
}

function codeSigning({ listed }: FunctionFacts): string | undefined {
  if (!listed.codeSigned) return undefined;
  return 'its code is signed, so its configuration is left to the pipeline that signs it';
}

function deprecatedRuntime({ listed, now }: FunctionFacts): string | undefined {
  const since = updatesBlockedSince(listed.runtime, now);
  return since && `Lambda blocks updates of runtime ${listed.runtime} since ${since}; move it to a supported runtime`;
}

function notActive({ listed }: FunctionFacts): string | undefined {
  if (listed.state === undefined || listed.state === 'Active') return undefined;
  const why = listed.stateReason === undefined ? '' : ` (${listed.stateReason})`;
  return `state is ${listed.state}${why}; only active functions are assessed`;
}

function updateInProgress({ listed }: FunctionFacts): string | undefined {
  if (listed.lastUpdateStatus !== 'InProgress') return undefined;
  return 'an update of the function is in progress; the next night looks again';
}

function openProposal({ record, runId, now }: FunctionFacts): string | undefined {
  if (record?.open === undefined || !isProposalOpen(record, runId, now)) return undefined;
  return `a proposal of run ${record.open.runId} has been open since ${record.open.since}; decide on it or let it expire`;
}

const OPEN_STAGES = {
  change: 'is under way',
  watching: 'is still being watched',
  awaitingDeployment: 'waits for the deployment that carries it',
} as const;

function openChange({ record }: FunctionFacts): string | undefined {
  if (record?.open === undefined || record.open.kind === 'proposal') return undefined;
  const stage = OPEN_STAGES[record.open.kind];
  return `the change of run ${record.open.runId} ${stage} since ${record.open.since}`;
}

function coolingDown({ record, now }: FunctionFacts): string | undefined {
  const until = record?.coolDownUntil;
  if (until === undefined || Date.parse(until) <= now.getTime()) return undefined;
  return `cooling down until ${until} after its last change`;
}

function revertedByDeploy({ listed, record, now }: FunctionFacts): string | undefined {
  const ends = revertedRestEnds(record, now);
  if (ends !== undefined) {
    return `a deployment reverted Rightsizer's change on ${record?.revertedByDeployAt}; not proposed again before ${ends}`;
  }
  if (!isRevertedByDeploy(listed, record)) return undefined;
  const written = record?.lastWritten?.memorySizeMb;
  return `has ${listed.memorySizeMb} MB, Rightsizer left it at ${written} MB: a deployment put its own size back; write ${written} MB into the template, or it is left alone for ${REVERTED_REST_DAYS} days`;
}

function cheaperThanLooking({ listed, remembered }: FunctionFacts): string | undefined {
  return remembered && weeklyLook(listed, remembered.look, remembered.runDate);
}
