import * as z from 'zod/mini';
import type { Artifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { readMapResults } from '../../shared/clients/artifacts/map-results.ts';
import type { Ledger } from '../../shared/clients/ledger/ledger.ts';
import type { DigestTopic } from '../../shared/clients/sns/digest-topic.ts';
import {
  type ChangeItem,
  type PrepareApprovalsOutput,
  parsePrepareApprovalsInput,
} from '../../shared/contracts/change.ts';
import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import type { AssessedOutcome } from '../../shared/contracts/outcome.ts';
import { parseContract } from '../../shared/contracts/parse.ts';
import type { RunContext } from '../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../shared/contracts/schema-version.ts';
import { collectOutcomes } from '../../shared/domain/approval/collect-outcomes.ts';
import { type ProposableOutcome, selectProposals } from '../../shared/domain/approval/select-proposals.ts';
import { type AskApprovers, askApprovers } from './ask-approvers.ts';

export interface PrepareApprovalsDependencies extends AskApprovers {
  artifacts: Artifacts;
  ledger: Pick<Ledger, 'claim' | 'putProposal' | 'putLink' | 'getRun' | 'updateRun'>;
  topic: DigestTopic;
}

const manifestSchema = z.array(z.object({ functionName: z.string(), functionArn: z.string() }));

/**
 * Gathers what the first fan-out found, registers what people are to be asked about, and sends one digest for all of
 * it. Another try registers nothing twice. In a dry run it writes the outcomes and stops there.
 */
export async function prepareApprovals(
  event: unknown,
  dependencies: PrepareApprovalsDependencies,
): Promise<PrepareApprovalsOutput> {
  const { run, assessed } = parsePrepareApprovalsInput(event);
  const outcomes = await gatherOutcomes(run, assessed.ResultWriterDetails.Key, dependencies.artifacts);
  const selected = selectProposals(outcomes, run.policy.maximumProposals);
  const proposals = run.dryRun ? [] : await registerProposals(run, selected, dependencies);
  if (proposals.length > 0) await askApprovers(run, proposals, dependencies);
  return handOn(run, outcomes, proposals, dependencies.artifacts);
}

async function gatherOutcomes(
  run: RunContext,
  mapManifestKey: string,
  artifacts: Artifacts,
): Promise<AssessedOutcome[]> {
  const manifest = await artifacts.readJson(`${run.artifacts.prefix}/manifest.json`, (value) =>
    parseContract('manifest', manifestSchema, value),
  );
  const { succeeded } = await readMapResults(artifacts, mapManifestKey);
  return collectOutcomes(manifest, succeeded);
}

/** A function that another run has something open on is left to that run. */
async function registerProposals(
  run: RunContext,
  selected: readonly ProposableOutcome[],
  { ledger, now }: PrepareApprovalsDependencies,
) {
  const at = new Date(now()).toISOString();
  const proposals: ProposalRecord[] = [];
  for (const { functionName, functionArn, assessment, savings } of selected) {
    const { baselineMemorySizeMb } = assessment;
    if (!(await ledger.claim({ functionName, functionArn, baselineMemorySizeMb, runId: run.runId, at }))) continue;
    const proposal: ProposalRecord = {
      runId: run.runId,
      functionName,
      functionArn,
      status: 'pending',
      assessment,
      savings,
      createdAt: at,
      expiresAt: run.approvalExpiresAt,
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
