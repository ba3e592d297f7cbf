import type { ConfigurationLists } from '../clients/artifacts/configuration-lists.ts';
import type { ConfigurationTurns } from '../clients/settings-ledger/configuration-turns.ts';
import type { SettingsReport } from '../contracts/auto-scaling.ts';
import type { Continuation } from '../contracts/continuation.ts';
import { ReportBuilder } from '../managed-settings/report-builder.ts';
import type { PassAnswer, PassRound } from '../managed-settings/settings-pass.ts';
import type { Invocation } from './invocation.ts';
import { workInTurn } from './work-in-turn.ts';

export interface SettingsDependencies {
  turns: ConfigurationTurns;
  lists: Pick<ConfigurationLists, 'writeRound'>;
}

/** What a round of settings answers, whichever settings they are. */
export type SettingsAnswer = SettingsReport & { continuation: Continuation; wholeLists?: string | undefined };

export interface AskedRound {
  execution: { arn: string } | undefined;
  /** The answer of the round before. */
  soFar: SettingsAnswer | undefined;
  isReadOnly: boolean;
}

/**
 * One round of a pass over settings, in its execution's turn; what has no room in the answer is whole in the run bucket.
 *
 * @returns `worked` is what `run` answered; absent where another execution is at work
 */
export async function workSettingsRound<Answer extends PassAnswer>(
  { execution, soFar, isReadOnly }: AskedRound,
  { turns, lists, invocation }: SettingsDependencies & { invocation: Invocation },
  run: (round: PassRound) => Promise<Answer>,
): Promise<{ answer: SettingsAnswer; worked?: Answer }> {
  const holder = execution?.arn ?? invocation.name;
  let worked: Answer | undefined;
  const answer = await workInTurn<SettingsAnswer>(turns, {
    holder,
    isReadOnly,
    work: async () => {
      worked = await run({ time: invocation.time, ...(soFar && { soFar }) });
      const wholeLists = await lists.writeRound(holder, worked.continuation.rounds, worked.whole);
      return { ...answerOf(worked), wholeLists };
    },
    waitFor: (other) => waitingFor(other, soFar),
  });
  return { answer, ...(worked && { worked }) };
}

const answerOf = (worked: PassAnswer): SettingsAnswer => ({
  created: worked.created,
  updated: worked.updated,
  unchanged: worked.unchanged,
  removed: worked.removed,
  skipped: worked.skipped,
  failed: worked.failed,
  counts: worked.counts,
  unlisted: worked.unlisted,
  continuation: worked.continuation,
});

function waitingFor(holder: string, soFar: SettingsAnswer | undefined): SettingsAnswer {
  const before = soFar ?? { ...new ReportBuilder().report(), continuation: NO_ROUND };
  return { ...before, continuation: { ...before.continuation, next: 'wait', holder } };
}

const NO_ROUND: Continuation = { next: 'wait', rounds: 0, remaining: 0, said: 'no round yet' };
