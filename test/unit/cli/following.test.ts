import { Writable } from 'node:stream';
import { type FollowDependencies, followNight } from '../../../cli/follow/follow-night.ts';
import type { NightSnapshot } from '../../../cli/follow/night-snapshot.ts';
import { proposal } from '../../support/builders.ts';
import { type CliWorld, createCliWorld, NOW_MS, propose, RUN_ID, runRecord, STATE_MACHINE } from './cli-world.ts';

const EXECUTION = `${STATE_MACHINE.replace('stateMachine', 'execution')}:one`;
const settled = { kind: 'Verified', reason: 'as fast as before', at: '2026-11-23T08:00:00.000Z' } as const;

/** Follows a night that looks, one look after the other, as given; answers what was said and how it ended. */
async function follow(snapshots: readonly NightSnapshot[], dependencies: Partial<FollowDependencies> = {}) {
  const said: string[] = [];
  let looks = 0;
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      said.push(String(chunk).trim());
      done();
    },
  });
  const ended = await followNight(EXECUTION, RUN_ID, {
    read: async () => snapshots[Math.min(looks++, snapshots.length - 1)]!,
    ...{ now: () => NOW_MS, sleep: async () => {}, stderr, timeZone: 'UTC' },
    detached: new AbortController().signal,
    ...dependencies,
  });
  return { said, ended, looks };
}

const run = runRecord();
const running = (stage: string, proposals: NightSnapshot['proposals'] = []): NightSnapshot => ({
  ...{ status: 'RUNNING', stage, run, proposals },
});

describe('followNight', () => {
  it('says each stage once, what waits for people and what for production, and how it ended', async () => {
    const { said, ended } = await follow([
      { status: 'RUNNING', proposals: [] },
      running('DiscoverFunctions'),
      running('DiscoverFunctions'),
      running('ChangeEachFunction', [proposal({ functionName: 'a' }), proposal({ functionName: 'b' })]),
      running('ChangeEachFunction', [
        proposal({ functionName: 'a', status: 'approved' }),
        proposal({ functionName: 'b', status: 'approved', outcome: settled }),
      ]),
      {
        status: 'SUCCEEDED',
        stage: 'SummarizeRun',
        run,
        proposals: [proposal({ status: 'approved', outcome: settled })],
      },
    ]);

    expect(said).toEqual([
      '08:00:00Z  starting',
      '08:00:00Z  DiscoverFunctions',
      expect.stringMatching(/^08:00:00Z {2}ChangeEachFunction; 2 proposals waiting for people until .*22:00/),
      '08:00:00Z  ChangeEachFunction; 1 approved change waiting for production’s proof; 1 Verified',
      '08:00:00Z  SummarizeRun; 1 Verified',
    ]);
    expect(ended).toEqual({
      status: 'SUCCEEDED',
      text: `The night is over: 1 Verified. More: rightsizer report ${RUN_ID}`,
    });
  });

  it('says why a night failed', async () => {
    const { ended } = await follow([{ status: 'FAILED', failure: 'RunFailed: no permission', proposals: [] }]);
    expect(ended).toEqual({ status: 'FAILED', text: 'The night ended as FAILED: RunFailed: no permission.' });
  });

  it('stops watching when somebody detaches, and asks nothing more', async () => {
    const detached = new AbortController();
    const { ended, looks } = await follow([running('DiscoverFunctions')], {
      detached: detached.signal,
      sleep: async () => detached.abort(),
    });
    expect([ended, looks]).toEqual([undefined, 1]);
  });
});

describe('rightsizer start --follow', () => {
  let world: CliWorld;
  beforeEach(async () => {
    world = await createCliWorld();
    await propose(world);
  });
  afterEach(() => world.dispose());

  it.each([
    ['SUCCEEDED', 0],
    ['FAILED', 1],
  ] as const)('follows to the end and exits by it: %s', async (status, expected) => {
    world.account.states.use({
      startExecution: () => ({ executionArn: EXECUTION, startDate: new Date(0) }),
      describeExecution: () => ({ status }),
      getExecutionHistory: () => ({
        events: [
          { id: 2, type: 'TaskScheduled' },
          { id: 1, type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'SummarizeRun' } },
        ],
      }),
    } as never);
    const { exitCode, stdout, stderr } = await world.cli(['start', '--follow', '--json']);

    expect(exitCode).toBe(expected);
    expect(JSON.parse(stdout)).toMatchObject({ executionArn: EXECUTION, status });
    expect(stderr).toMatch(/SummarizeRun\n$/);
  });

  it('refuses to follow a scheduled night, whose run has another name, and starts nothing', async () => {
    const input = '{"scheduledTime":"2026-11-23T02:00:00Z"}';
    const { exitCode, stderr } = await world.cli(['start', '--follow', '--input', input]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('leave scheduledTime out');
    expect(world.account.calls.get('SFN.StartExecution')).toBeUndefined();
  });
});
