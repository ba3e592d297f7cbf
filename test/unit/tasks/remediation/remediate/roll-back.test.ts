import '../../../../support/quiet.ts';
import type { RemediationAction } from '../../../../../shared/contracts/remediation.ts';
import type { LiveAlias } from '../../../../../shared/domain/night/change/live-function.ts';
import { change, FUNCTION_NAME, functionRecord } from '../../../../support/builders.ts';
import { fakeLambda } from '../../../../support/fake-lambda.ts';

import { world } from './remediate-world.ts';

describe('rolling a change of the night back', () => {
  const lastChange = change({ runId: 'night', status: 'applied' });
  const rollBack: RemediationAction = { kind: 'RollBackChange', functionName: FUNCTION_NAME, runId: 'night' };

  it('puts the former size back and leaves the change to the night to close', async () => {
    const here = world(fakeLambda({ memorySizeMb: 512 }));
    const open = { kind: 'change', runId: 'night', since: '' } as const;
    here.ledger.contents.changes.set(`night/${FUNCTION_NAME}`, lastChange);
    here.ledger.contents.functions.set(FUNCTION_NAME, functionRecord({ open }));
    expect(await here.act(rollBack)).toMatchObject({ outcome: 'Acted' });
    expect(here.lambda.live?.memorySizeMb).toBe(1_024);
    expect(here.ledger.contents.changes.get(`night/${FUNCTION_NAME}`)).toMatchObject({
      status: 'rollingBack',
      rolledBackAt: expect.any(String),
    });
    expect(here.ledger.contents.functions.get(FUNCTION_NAME)).toMatchObject({
      open,
      lastWritten: { memorySizeMb: 1_024 },
    });
    expect(await here.request('undo')).toMatchObject({ outcome: 'Refused' });
  });

  it('refuses over what somebody else wrote', async () => {
    const here = world(fakeLambda({ memorySizeMb: 768 }));
    here.ledger.contents.changes.set(`night/${FUNCTION_NAME}`, lastChange);
    expect(await here.act(rollBack)).toMatchObject({ outcome: 'Refused' });
  });

  describe('of several cuts, to what the function had before the first', () => {
    const all: RemediationAction = { ...rollBack, restoreMemorySizeMb: 3_008 };
    const cutWorld = (memorySizeMb: number, changes: Partial<typeof lastChange> = {}) => {
      const here = world(fakeLambda({ memorySizeMb }));
      here.ledger.contents.changes.set(`night/${FUNCTION_NAME}`, { ...lastChange, ...changes });
      here.ledger.contents.functions.set(FUNCTION_NAME, functionRecord());
      return here;
    };

    it('takes the last change back first, each write on the revision it saw', async () => {
      const here = cutWorld(512);
      expect(await here.act(all)).toMatchObject({ outcome: 'Acted', reason: expect.stringContaining('3008 MB') });
      expect(here.lambda.writes.map(({ configuration }) => configuration.memorySizeMb)).toEqual([1_024, 3_008]);
      expect(here.ledger.contents.functions.get(FUNCTION_NAME)?.lastWritten?.memorySizeMb).toBe(3_008);
    });

    it('goes on where a try that was cut off stopped', async () => {
      const rolledBackAt = '2026-11-23T10:00:00.000Z';
      const between = cutWorld(1_024, { rolledBackAt });
      expect(await between.act(all)).toMatchObject({ outcome: 'Acted' });
      expect(between.lambda.live?.memorySizeMb).toBe(3_008);
      const afterwards = cutWorld(3_008, { rolledBackAt });
      expect(await afterwards.act(all)).toMatchObject({ outcome: 'Acted' });
      expect(afterwards.lambda.writes).toEqual([]);
    });

    it('refuses over what somebody else wrote, and leaves it', async () => {
      const here = cutWorld(768);
      expect(await here.act(all)).toMatchObject({ outcome: 'Refused' });
      expect(here.lambda.writes).toEqual([]);
    });
  });

  describe('that went through an alias', () => {
    const shifted = {
      ...lastChange,
      target: { kind: 'alias', aliasName: 'live', functionVersion: '4' },
      shift: { version: '5' },
    } as const;
    const aliasWorld = (alias: Partial<LiveAlias>) => {
      const routed: unknown[] = [];
      const live = { name: 'live', functionVersion: '4', weights: { 5: 0.1 }, revisionId: 'alias-1', ...alias };
      const aliases = {
        read: async () => live,
        route: async (_: string, { revisionId }: LiveAlias, to: object) => void routed.push({ revisionId, ...to }),
      };
      const here = world(fakeLambda({ memorySizeMb: 512 }), { aliases });
      here.ledger.contents.changes.set(`night/${FUNCTION_NAME}`, shifted);
      here.ledger.contents.functions.set(FUNCTION_NAME, functionRecord());
      return { here, routed };
    };

    it.each([
      ['our version has its share', {}],
      ['our version has all of it', { functionVersion: '5', weights: {} }],
    ])('leads the alias back where %s, then puts the size back', async (_, alias) => {
      const { here, routed } = aliasWorld(alias);
      expect(await here.act(rollBack)).toMatchObject({ outcome: 'Acted' });
      expect(routed).toEqual([{ revisionId: 'alias-1', functionVersion: '4', weights: {} }]);
      expect(here.lambda.live?.memorySizeMb).toBe(1_024);
    });

    it('touches neither alias nor size where a deployment moved the alias', async () => {
      const { here, routed } = aliasWorld({ functionVersion: '9', weights: {} });
      expect(await here.act(rollBack)).toMatchObject({
        outcome: 'Refused',
        reason: expect.stringContaining('a deployment moved alias live to version 9'),
      });
      expect(routed).toEqual([]);
      expect(here.lambda.writes).toEqual([]);
    });
  });
});
