import type { Deployment } from '../../../../cli/doctor/finding.ts';
import { checkPermissions } from '../../../../cli/doctor/permission-check.ts';
import { awsError, fakeAws } from '../../shared/clients/fake-aws.ts';

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

const deployment = {
  stackName: 'Rightsizer',
  outputs: {
    StateMachineArn: 'arn:aws-cn:states:cn-north-1:123456789012:stateMachine:Night',
    LedgerTableName: 'ledger',
    RunBucketName: 'runs',
  },
  nowMs: 0,
} as unknown as Deployment;

const caller = (Arn: string) => ({ GetCallerIdentity: () => ({ Arn, Account: '123456789012' }) });
const decided = (refused: readonly string[]) => ({
  SimulatePrincipalPolicy: ({ ActionNames: [action] }: { ActionNames: [string] }) => ({
    EvaluationResults: [
      { EvalActionName: action, EvalDecision: refused.includes(action) ? 'implicitDeny' : 'allowed' },
    ],
  }),
});

describe('permissions, where the caller may simulate', () => {
  it('are asked of IAM for the session’s role and the stack’s own resources, starting a run among them', async () => {
    aws = fakeAws({ ...caller('arn:aws-cn:sts::123456789012:assumed-role/Ops/ada'), ...decided([]) });

    expect(await checkPermissions(deployment)).toMatchObject({
      ok: true,
      says: expect.stringMatching(/^simulated: .*states:StartExecution$/),
    });
    const asked = aws.calls.filter(({ command }) => command === 'SimulatePrincipalPolicy').map(({ input }) => input);
    expect(new Set(asked.map(({ PolicySourceArn }) => PolicySourceArn))).toEqual(
      new Set(['arn:aws-cn:iam::123456789012:role/Ops']),
    );
    expect(asked.flatMap(({ ResourceArns }) => ResourceArns)).toEqual(
      expect.arrayContaining([
        'arn:aws-cn:dynamodb:cn-north-1:123456789012:table/ledger',
        'arn:aws-cn:s3:::runs',
        deployment.outputs['StateMachineArn'],
      ]),
    );
  });

  it('that are missing are named with the commands that need them', async () => {
    aws = fakeAws({
      ...caller('arn:aws:iam::123456789012:user/ada'),
      ...decided(['states:StartExecution', 's3:GetObject']),
    });

    expect(await checkPermissions(deployment)).toMatchObject({
      ok: false,
      says: 'your identity lacks s3:GetObject (report, history, explain, patch), states:StartExecution (start)',
    });
  });

  it.each([
    ['IAM refuses to simulate', 'arn:aws:iam::123456789012:user/ada'],
    ['the root user asks', 'arn:aws:iam::123456789012:root'],
  ])('are tried by harmless calls where %s', async (_, arn) => {
    aws = fakeAws({
      ...caller(arn),
      SimulatePrincipalPolicy: () => {
        throw awsError('AccessDenied', 'client', 403);
      },
      GetItem: () => ({}),
      Query: () => ({ Items: [] }),
      UpdateItem: () => {
        throw awsError('ConditionalCheckFailedException');
      },
      ListObjectsV2: () => ({}),
      GetObject: () => {
        throw awsError('NoSuchKey', 'client', 404);
      },
    });

    expect(await checkPermissions(deployment)).toMatchObject({
      ok: true,
      says: expect.not.stringContaining('simulated'),
    });
  });
});
