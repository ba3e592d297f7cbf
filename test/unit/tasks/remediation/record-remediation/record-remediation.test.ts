import '../../../../support/quiet.ts';
import type { RecordRemediationInput, Remediated } from '../../../../../shared/contracts/remediation.ts';
import { recordRemediation } from '../../../../../tasks/remediation/record-remediation/record-remediation.ts';
import { FUNCTION_NAME, proposal } from '../../../../support/builders.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';
import { classified, memoryRemediations, NOW_MS } from '../../../../support/remediation.ts';

const EXECUTION = { arn: 'arn:execution', name: 'execution-name' };
const acted: Remediated = {
  schemaVersion: 1,
  acted: true,
  outcome: 'Acted',
  reason: 'done',
  undoIfNotCleared: false,
  classified: classified(),
};
const cleared = { schemaVersion: 1, cleared: true, reason: 'the alarm’s state is OK' } as const;
const still = { schemaVersion: 1, cleared: false, reason: 'still in ALARM' } as const;

function world() {
  const mails: { subject: string; message: string }[] = [];
  const events: unknown[] = [];
  const ledger = memoryLedger();
  const remediations = memoryRemediations();
  const dependencies = {
    remediations,
    ledger,
    topic: { publish: async (mail: { subject: string; message: string }) => String(mails.push(mail)) },
    events: { publish: async (each: readonly unknown[]) => void events.push(...each) },
    now: () => NOW_MS,
  };
  const record = (input: Partial<RecordRemediationInput>) =>
    recordRemediation({ execution: EXECUTION, ...input }, dependencies);
  return { record, mails, events, ledger, remediations };
}

describe('recordRemediation', () => {
  describe('of what was asked about first', () => {
    const about = classified({ remediationId: 'event-1' });
    const asked = (execution: string, input: Partial<RecordRemediationInput>) => {
      const here = world();
      const key = `remediation-event-1/${FUNCTION_NAME}`;
      here.ledger.contents.proposals.set(key, proposal({ runId: 'remediation-event-1', status: 'approved' }));
      const outcome = () => here.ledger.contents.proposals.get(key)?.outcome?.kind;
      return here.record({ execution: { arn: 'arn', name: execution }, classified: about, ...input }).then(outcome);
    };
    const answered = (outcome: Remediated['outcome']): Remediated => ({
      ...acted,
      acted: outcome === 'Acted',
      outcome,
    });

    it.each([
      ['approve-event-1', 'Cleared', { remediated: acted, verified: cleared }, 'Verified'],
      ['approve-event-1', 'NotCleared', { remediated: acted, verified: still }, 'Unverified'],
      ['approve-event-1', 'Refused', { remediated: answered('Refused') }, 'Refused'],
      ['an-operators', 'Cleared', { remediated: acted, verified: cleared }, 'Verified'],
      ['an-operators', 'Undone', { remediated: answered('Undone') }, 'RolledBack'],
    ] as const)('tells the approval page how execution %s ended %s', async (execution, _, input, kind) => {
      expect(await asked(execution, input)).toBe(kind);
    });

    it.each([
      ['the execution that asks', 'event-1', answered('AskFirst')],
      ['a second approval', 'approve-event-1', answered('Duplicate')],
      ['an operator’s execution that was refused', 'an-operators', answered('Refused')],
    ])('leaves the page as it is after %s', async (_, execution, remediated) => {
      expect(await asked(execution, { remediated })).toBeUndefined();
    });
  });

  it.each([
    ['Cleared', { classified: classified(), remediated: acted, verified: cleared }, 1],
    ['NotCleared', { classified: classified(), remediated: acted, verified: still }, 1],
    [
      'TakenBack',
      {
        classified: classified(),
        remediated: acted,
        verified: still,
        undone: { ...acted, acted: false, outcome: 'Undone' as const },
      },
      1,
    ],
    ['Notified', { classified: classified({ verdict: 'notify' }) }, 1],
    ['Ignored', { classified: classified({ verdict: 'ignore' }) }, 0],
    [
      'CoolingDown',
      { classified: classified(), remediated: { ...acted, acted: false, outcome: 'CoolingDown' as const } },
      0,
    ],
    [
      'Duplicate',
      { classified: classified(), remediated: { ...acted, acted: false, outcome: 'Duplicate' as const } },
      0,
    ],
    ['Refused', { classified: classified(), remediated: { ...acted, acted: false, outcome: 'Refused' as const } }, 1],
    ['Failed', { classified: classified(), failure: { stage: 'Remediate', name: 'Boom', message: 'broke' } }, 1],
    ['Failed', { failure: { stage: 'ClassifyAlarm', name: 'Boom', message: 'broke' } }, 1],
  ] as const)('ends as %s', async (outcome, input, mails) => {
    const here = world();
    expect(await here.record(input)).toMatchObject({ outcome, notified: mails === 1 });
    expect(here.mails).toHaveLength(mails);
    expect(here.events).toHaveLength(outcome === 'Ignored' ? 0 : 1);
  });

  it('mails the same notice about the same resource once an hour', async () => {
    const here = world();
    await here.record({ classified: classified({ verdict: 'notify', remediationId: 'one' }) });
    await here.record({ classified: classified({ verdict: 'notify', remediationId: 'two' }) });
    expect(here.mails).toHaveLength(1);
  });

  it('tells what it did, why, and how to take it back, in a subject that SNS accepts', async () => {
    const here = world();
    await here.record({ classified: classified({ reason: 'ümläut\nbreak' }), remediated: acted, verified: cleared });
    const [mail] = here.mails;
    expect(mail?.subject).toMatch(/^[\x20-\x7e]{1,100}$/);
    expect(mail?.message).toContain('"action":"undo","remediationId":"event-1"');
    expect(mail?.message).toContain('RaiseMemory');
  });

  it('gives back the claim of a remediation that was cut off', async () => {
    const here = world();
    const open = { kind: 'proposal', runId: 'remediation-event-1', since: '' } as const;
    here.ledger.contents.functions.set('orders-api', {
      functionName: 'orders-api',
      functionArn: '',
      baselineMemorySizeMb: 1,
      observations: [],
      open,
    });
    await here.record({
      classified: classified(),
      failure: { stage: 'Remediate', name: 'Lambda.Timeout', message: '' },
    });
    expect(here.ledger.contents.functions.get('orders-api')?.open).toBeUndefined();
  });
});
