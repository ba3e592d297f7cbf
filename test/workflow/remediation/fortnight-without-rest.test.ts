import '../../support/quiet.ts';
import { rareExport, runFortnight } from '../../../sandbox/demos/remediation/fortnight.ts';
import { synthesizeDemo } from '../../../sandbox/demos/remediation/stage.ts';

/** Beside fortnight.test.ts, in a process of its own, because handlers read their settings once. */
it('sees the night come back to what remediation raised where it need not rest from it', async () => {
  const synthesized = synthesizeDemo({ nightCoolDownDays: 1 }, { policy: { lookbackDays: 2 } });
  const { moves } = await runFortnight(synthesized, { seed: 1, days: 9, appetite: rareExport });
  const raisedAt = moves.findIndex(({ by }) => by === 'remediation');
  expect(raisedAt).toBeGreaterThanOrEqual(0);
  expect(moves.slice(raisedAt + 1).filter(({ by }) => by === 'night').length).toBeGreaterThan(0);
}, 120_000);
