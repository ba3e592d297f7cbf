import {
  approvalsRequested,
  changeUndone,
  isAlarming,
  runFailed,
} from '../../../../../../shared/domain/approval/notifications/compose-notifications.ts';
import { assessment, proposal, savings } from '../../../../../support/builders.ts';

const REQUEST = {
  runId: 'scheduled-2026-11-23',
  runDate: '2026-11-23',
  expiresAt: '2026-11-23T22:00:00.000Z',
  timeZone: 'Europe/Berlin',
};

it('says how much there is to decide, until when, and what silence means', () => {
  const { title, text, dedupKey } = approvalsRequested({ ...REQUEST, proposals: [proposal()] });
  expect(title).toBe('Rightsizer 2026-11-23: 1 change to decide');
  expect(text).toContain('- orders-api: memory 1,024 -> 512 MB, $0.24 a month, low risk');
  expect(text).toContain('23:00');
  expect(text).toContain('If nobody answers, nothing changes.');
  expect(dedupKey).toBe('rightsizer/scheduled-2026-11-23');
});

it('shows the five largest savings and counts the rest', () => {
  const proposals = Array.from({ length: 8 }, (_, at) =>
    proposal({ functionName: `function-${at}`, savings: savings({ savingsUsdPerMonth: at }) }),
  );
  const { text } = approvalsRequested({ ...REQUEST, proposals });
  expect(text).toContain('- function-7');
  expect(text).not.toContain('- function-2:');
  expect(text).toContain('... and 3 further changes.');
});

it('asks about functions that share their code in one line', () => {
  const sharing = (functionName: string) =>
    proposal({ functionName, assessment: assessment({ functionName, codeSha256: 'bundle' }) });
  const elsewhere = ['a', 'b'].map((name) => sharing(`arn:aws:lambda:eu-west-1:222222222222:function:${name}`));
  const { title, text } = approvalsRequested({ ...REQUEST, proposals: [sharing('a'), sharing('b'), ...elsewhere] });
  expect(title).toContain('4 changes to decide');
  expect(text).toContain('- 2 functions of the same code: memory 1,024 -> 512 MB, $0.48 a month, low risk');
  expect(text).toContain('- 2 functions of the same code (222222222222, eu-west-1): memory');
  expect(text).not.toContain('further');
});

it('says what a policy approved, and asks for nothing where that is everything', () => {
  const byPolicy = {
    decision: 'approved',
    by: { kind: 'policy', name: 'batch jobs' },
    at: REQUEST.expiresAt,
  } as const;
  const { title, text } = approvalsRequested({
    ...REQUEST,
    proposals: [proposal({ status: 'approved', decision: byPolicy })],
  });
  expect(title).toContain('0 changes to decide');
  expect(text).toContain('1 change approved by a policy.');
  expect(text).not.toContain('Decide by');
});

it('keeps titles to what channels read as plain text, and lengths to what they take', () => {
  const { title, text } = runFailed('manual-<!channel>&\u202e', 'x'.repeat(10_000));
  expect(title).toBe('Rightsizer: run manual-?!channel??? failed');
  expect(text.length).toBeLessThanOrEqual(3_000);
});

it('tells an undone change from one that could not be undone', () => {
  const outcome = {
    schemaVersion: 1 as const,
    functionName: 'orders-api',
    functionArn: 'arn',
    runId: REQUEST.runId,
    reason: 'p95 grew by 40%',
    before: { memorySizeMb: 1024, timeoutSeconds: 30 },
    after: { memorySizeMb: 512, timeoutSeconds: 30 },
  };
  expect(changeUndone({ ...outcome, kind: 'RolledBack' })).toEqual({
    title: 'Rightsizer: orders-api was rolled back',
    text: 'memory 1,024 -> 512 MB: p95 grew by 40%',
    dedupKey: 'rightsizer/scheduled-2026-11-23/orders-api',
  });
  expect(changeUndone({ ...outcome, kind: 'RollbackRefused' }).title).toContain('could not be rolled back');
  expect(
    ['Verified', 'Rejected', 'RolledBack', 'RollbackRefused'].filter((kind) => isAlarming({ kind } as never)),
  ).toEqual(['RolledBack', 'RollbackRefused']);
});

const decidedBy = (kind: 'policy' | 'consent') =>
  ({ status: 'approved', decision: { decision: 'approved', by: { kind, name: 'x' }, at: REQUEST.expiresAt } }) as const;

it('reads like this, line by line', () => {
  const proposals = [
    proposal({ functionName: 'alpha', savings: savings({ savingsUsdPerMonth: 1 }) }),
    proposal({
      functionName: 'beta',
      savings: savings({ savingsUsdPerMonth: 2 }),
      assessment: assessment({ risk: 'High' }),
    }),
    proposal({ functionName: 'gamma', savings: savings({ savingsUsdPerMonth: 4 }), ...decidedBy('policy') }),
    proposal({ functionName: 'delta', savings: savings({ savingsUsdPerMonth: 8 }), ...decidedBy('consent') }),
  ];
  expect(approvalsRequested({ ...REQUEST, proposals })).toEqual({
    ...{ title: 'Rightsizer 2026-11-23: 2 changes to decide', dedupKey: 'rightsizer/scheduled-2026-11-23' },
    text: [
      'Saves about $15.00 a month. Risk: 3 low, 1 high.',
      '1 change covered by an earlier approval.',
      '1 change approved by a policy.',
      '- beta: memory 1,024 -> 512 MB, $2.00 a month, high risk',
      '- alpha: memory 1,024 -> 512 MB, $1.00 a month, low risk',
      'Decide by Mon, 23 Nov 2026, 23:00 CET: from the mail, or "rightsizer pending --run scheduled-2026-11-23".',
      'If nobody answers, nothing changes.',
    ].join('\n'),
  });
  const { text } = approvalsRequested({ ...REQUEST, proposals: proposals.slice(3) });
  expect(text).toBe('Saves about $8.00 a month. Risk: 1 low.\n1 change covered by an earlier approval.');
});

it('says all of what a channel takes, and marks where it was cut off', () => {
  expect(runFailed('a', 'x'.repeat(2_900)).text).toBe('x'.repeat(2_900));
  expect(runFailed('a', 'x'.repeat(2_901)).text).toBe(`${'x'.repeat(2_900)}...`);
  const long = runFailed('r'.repeat(400), 'why');
  expect([long.title.length, long.dedupKey.length]).toEqual([150, 255]);
});

it('tells of an undone change what is known of it', () => {
  const undone = changeUndone({
    ...{ schemaVersion: 1, functionName: 'orders-api', functionArn: 'arn', runId: 'r', kind: 'RollbackRefused' },
    reason: 'deployed since',
  });
  expect(undone).toMatchObject({
    ...{ title: 'Rightsizer: orders-api got worse and could not be rolled back', text: 'deployed since' },
  });
});
