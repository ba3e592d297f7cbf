import * as v from 'valibot';
import type { Artifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { readMapResults } from '../../../shared/clients/artifacts/map-results.ts';
import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import type { PlacedSources } from '../../../shared/clients/placed-sources.ts';
import type { DigestTopic } from '../../../shared/clients/sns/digest-topic.ts';
import {
  type ChangeItem,
  type PrepareApprovalsOutput,
  parsePrepareApprovalsInput,
} from '../../../shared/contracts/change.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { AssessedOutcome, Delivery } from '../../../shared/contracts/outcome.ts';
import { parseContract } from '../../../shared/contracts/parse.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { collectOutcomes } from '../../../shared/domain/approval/collect-outcomes.ts';
import { usd } from '../../../shared/domain/approval/proposal/wording.ts';
import {
  type ProposableOutcome,
  selectProposals,
  worthUsdPerMonth,
} from '../../../shared/domain/approval/select-proposals.ts';
import { coveredSteps } from '../../../shared/domain/approval/standing-consent/covered-steps.ts';
import { deliveryOf } from '../../../shared/domain/night/change/delivery.ts';
import type { InspectionRefusal } from '../../../shared/domain/night/eligibility/inspect-candidate.ts';
import { metricsTrouble, withoutMetrics } from '../../../shared/domain/night/eligibility/without-metrics.ts';
import { awaitingFreshMemory, awaitsFreshMemory } from '../../../shared/domain/night/looks/await-fresh-memory.ts';
import { placeOf } from '../../../shared/domain/organization/place.ts';
import { placedSources } from '../../../shared/observability/evidence-sources.ts';
import { applyConsent } from './apply-consent.ts';
import { type ApplyPolicy, applyPolicy } from './apply-policy.ts';
import { type AskApprovers, askApprovers } from './ask-approvers.ts';
import { type CountReaders, countReaders } from './count-readers.ts';
import { coveredByConsent } from './covered-by-consent.ts';
import { type InformApprovers, informApprovers } from './inform-approvers.ts';
import { type InspectCandidates, inspectCandidates } from './inspect-candidates.ts';
import { withdrawLeftBehind } from './withdraw-left-behind.ts';

export interface PrepareApprovalsDependencies
  extends AskApprovers,
    Omit<InspectCandidates, 'sources'>,
    Omit<InformApprovers, 'sources'>,
    ApplyPolicy,
    CountReaders {
  artifacts: Artifacts;
  ledger: Pick<
    Ledger,
    | 'claim'
    | 'getFunctions'
    | 'putProposal'
    | 'listProposals'
    | 'decide'
    | 'expire'
    | 'putLink'
    | 'getRun'
    | 'updateRun'
  >;
  topic: DigestTopic;
  /** How approved changes get to functions that are kept as code. */
  ownedFunctions: Delivery;
}

const manifestSchema = v.array(v.object({ functionName: v.string(), functionArn: v.string() }));

/**
 * Gathers what the first fan-out found, registers what people are to be asked about, and sends one digest for all of
 * it. Another try registers nothing twice, and leaves nothing open that it does not ask. In a dry run it writes the outcomes and stops there.
 */
export async function prepareApprovals(
  event: unknown,
  dependencies: PrepareApprovalsDependencies,
): Promise<PrepareApprovalsOutput> {
  const { run, assessed } = parsePrepareApprovalsInput(event);
  const sources = placedSources(run.accountNames);
  const outcomes = await gatherOutcomes(run, assessed.ResultWriterDetails.Key, sources, dependencies.artifacts);
  const covered = await coveredByConsent(outcomes, dependencies);
  const selection = selectProposals(outcomes, run, (functionName) => covered.has(functionName));
  const asked = [...selection.covered, ...selection.asked];
  const candidates = asked.filter((each) => !awaitsFreshMemory(each));
  const inspection = await inspectCandidates(run, candidates, { ...dependencies, sources });
  await informApprovers(run, inspection, { ...dependencies, sources });
  const { proposable, refusals } = inspection;
  const registered = run.dryRun ? [] : await registerProposals(run, [...proposable.values()], refusals, dependencies);
  const leftBehind = run.dryRun ? [] : await withdrawLeftBehind(run, registered, dependencies.ledger);
  const proposals = await applyPolicy(run, await applyConsent(registered, covered, dependencies), dependencies);
  const digest = proposals.length > 0 ? await askApprovers(run, proposals, dependencies) : undefined;
  await countReaders(dependencies, digest?.reachedHtmlReaders);
  const awaiting = asked.filter(awaitsFreshMemory).map(awaitingFreshMemory);
  const unasked = new Map(
    [...selection.leftOut.map(leftOutTonight), ...awaiting].map((each) => [each.functionName, each]),
  );
  const handedOn = await handOn(
    run,
    outcomes.map((outcome) => unasked.get(outcome.functionName) ?? inspected(outcome, proposable, refusals)),
    [...proposals, ...leftBehind],
    dependencies.artifacts,
  );
  return { ...handedOn, ...sources.told };
}

async function gatherOutcomes(
  run: RunContext,
  mapManifestKey: string,
  sources: PlacedSources,
  artifacts: Artifacts,
): Promise<AssessedOutcome[]> {
  const manifest = await artifacts.readJson(`${run.artifacts.prefix}/manifest.json`, (value) =>
    parseContract('manifest', manifestSchema, value),
  );
  const { succeeded } = await readMapResults(artifacts, mapManifestKey);
  const outcomes = collectOutcomes(manifest, succeeded);
  for (const outcome of outcomes) {
    const trouble = metricsTrouble(outcome);
    const own = sources.at(placeOf(outcome.functionName));
    if (trouble !== undefined) own.miss('Metrics', trouble);
    else if (outcome.kind !== 'Failed') own.heard('Metrics');
  }
  return outcomes.map(withoutMetrics);
}

/** The outcome with what the closer look added: why it is excluded after all, or through which alias it may change. */
function inspected(
  outcome: AssessedOutcome,
  proposable: ReadonlyMap<string, ProposableOutcome>,
  refusals: ReadonlyMap<string, InspectionRefusal>,
): AssessedOutcome {
  const refusal = refusals.get(outcome.functionName);
  if (refusal) return { ...outcome, kind: 'Excluded', reason: refusal.message, exclusionReason: refusal.reason };
  return proposable.get(outcome.functionName) ?? outcome;
}

/** What was worth asking, but less than what the night's budget of attention went to. */
function leftOutTonight(outcome: ProposableOutcome): ProposableOutcome {
  const reason = `left out tonight: worth about ${usd(worthUsdPerMonth(outcome))} a month, others are worth more`;
  return { ...outcome, kind: 'LeftOut', reason };
}

/** A function that another run has something open on is left to that run, and added to the refusals. */
async function registerProposals(
  run: RunContext,
  selected: readonly ProposableOutcome[],
  refusals: Map<string, InspectionRefusal>,
  { ledger, now, ownedFunctions }: PrepareApprovalsDependencies,
) {
  const at = new Date(now()).toISOString();
  const proposals: ProposalRecord[] = [];
  for (const { functionName, functionArn, assessment, savings } of selected) {
    const { baselineMemorySizeMb } = assessment;
    if (!(await ledger.claim({ functionName, functionArn, baselineMemorySizeMb, runId: run.runId, at }))) {
      refusals.set(functionName, {
        reason: 'Claimed',
        message: 'another run opened a proposal or change on it meanwhile',
      });
      continue;
    }
    const delivery = deliveryOf(assessment.owner, ownedFunctions);
    // Where a deployment makes the change, each step is one for its source.
    const covers = delivery === 'patch' ? undefined : coveredSteps(assessment, run.policy, now());
    const proposal: ProposalRecord = {
      runId: run.runId,
      functionName,
      functionArn,
      status: 'pending',
      assessment,
      savings,
      ...(delivery === 'patch' && { delivery }),
      createdAt: at,
      expiresAt: run.approvalExpiresAt,
      ...(covers && { covers }),
    };
    await ledger.putProposal(proposal);
    proposals.push(proposal);
  }
  return proposals;
}

async function handOn(
  run: RunContext,
  outcomes: AssessedOutcome[],
  proposals: ProposalRecord[],
  artifacts: Artifacts,
): Promise<PrepareApprovalsOutput> {
  const proposalsKey = `${run.artifacts.prefix}/proposals.json`;
  const outcomesKey = `${run.artifacts.prefix}/outcomes.json`;
  const items: ChangeItem[] = proposals.map(({ functionName, functionArn }) => ({ functionName, functionArn }));
  await artifacts.writeJson(proposalsKey, items);
  await artifacts.writeJson(outcomesKey, outcomes);
  return { schemaVersion: SCHEMA_VERSION, proposalsKey, outcomesKey, proposalCount: proposals.length };
}
