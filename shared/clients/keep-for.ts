import { clock } from '../clock.ts';

/**
 * Asks once and hands the answer out for as long as given, to everybody who asks meanwhile; `fresh` asks again. A
 * failure is not kept.
 */
export function keepFor<Answer>(lifetimeMs: number, ask: () => Promise<Answer>): (fresh?: boolean) => Promise<Answer> {
  let kept: { answer: Promise<Answer>; untilMs: number } | undefined;
  return (fresh = false) => {
    if (!fresh && kept !== undefined && clock.now() < kept.untilMs) return kept.answer;
    const asked = { answer: ask(), untilMs: clock.now() + lifetimeMs };
    kept = asked;
    asked.answer.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return asked.answer;
  };
}
