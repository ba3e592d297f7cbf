import '../../support/quiet.ts';
import { Simulation } from '../../../sandbox/demos/remediation/simulation.ts';
import { synthesizeDemo } from '../../../sandbox/demos/remediation/stage.ts';
import { throttledCheckout } from '../../support/throttled-checkout.ts';

const synthesized = synthesizeDemo();
let simulation: Simulation;

const throttled = () => throttledCheckout(simulation);
const remediate = (input: unknown) => simulation.execute(simulation.remediationArn, input);
const reservedOf = (name: string) => simulation.account.lambda.functions.get(name).reservedConcurrency;
const contributorEvents = () =>
  simulation.reported.filter(({ event, executionArn }) => executionArn && event.detail['alarmContributor']);
const executionsEnded = () =>
  [...simulation.deployment.ended.values()].filter(
    ({ stateMachineArn }) => stateMachineArn === simulation.remediationArn,
  );

beforeEach(async () => {
  simulation = await Simulation.open({ seed: 1, synthesized, calmMinutes: 2 });
});
afterEach(() => {
  simulation.dispose();
  expect([...simulation.account.iam.refusals]).toEqual([]);
});

it.each([
  ['nothing', {}],
  ['an event of another service', { source: 'aws.ec2', id: 'x' }],
  ['a list', []],
])('ends an execution started with %s in a recorded outcome, without trying again', async (_, input) => {
  expect(await remediate(input)).toMatchObject({
    outcome: 'Ignored',
    reason: expect.stringContaining('invalid'),
    notified: false,
  });
  expect(simulation.deployment.handlers.invocations.get('classify-alarm')).toBe(1);
});

it('acts once on an event that EventBridge delivers twice', async () => {
  await throttled();
  const [reported] = contributorEvents();
  expect(reservedOf('checkout')).toBe(15);
  expect(await remediate(reported!.event)).toMatchObject({ outcome: expect.stringMatching(/Duplicate|CoolingDown/) });
  expect(reservedOf('checkout')).toBe(15);
  expect(simulation.writes).toHaveLength(1);
});

it('undoes on an operator’s request, once', async () => {
  await throttled();
  const [reported] = contributorEvents();
  const request = { action: 'undo', remediationId: reported!.event.id };
  expect(await remediate(request)).toMatchObject({ outcome: 'Undone' });
  expect(reservedOf('checkout')).toBe(10);
  expect(await remediate(request)).toMatchObject({ outcome: 'Undone' });
  expect(simulation.writes).toHaveLength(2);
});

it('answers a request about nothing known with a failure that people are told of', async () => {
  expect(await remediate({ action: 'undo', remediationId: 'nobody' })).toMatchObject({
    outcome: 'Failed',
    notified: true,
  });
});

it.each(['classify-alarm', 'remediate', 'verify-alarm-cleared'])(
  'records a crash of %s, and ends well',
  async (task) => {
    simulation.deployment.handlers.beforeInvocation = (invoked) => {
      if (invoked === task) throw new TypeError('a bug');
    };
    await throttled();
    await simulation.pass(15);
    const outputs = executionsEnded().map(({ status, output }) => ({ status, ...JSON.parse(output ?? '{}') }));
    expect(outputs).toContainEqual(
      expect.objectContaining({ status: 'SUCCEEDED', outcome: 'Failed', reason: expect.stringContaining('a bug') }),
    );
  },
);

it('gets over longer throttling by AWS while it acts', async () => {
  let refused = 0;
  simulation.account.faults.add({
    service: 'Lambda',
    operation: 'PutFunctionConcurrency',
    when: (_, matches) => matches <= 7,
    error: () => {
      refused += 1;
      const facts = { name: 'TooManyRequestsException', $fault: 'client', $metadata: { httpStatusCode: 429 } };
      return Object.assign(new Error('Rate Exceeded.'), facts, { $retryable: { throttling: true } });
    },
  });
  await throttled();
  await simulation.pass(5);
  // More than the SDK's own five attempts: Step Functions tried the task again.
  expect(refused).toBe(7);
  expect(reservedOf('checkout')).toBe(15);
});
