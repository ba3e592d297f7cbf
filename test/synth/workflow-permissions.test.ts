import { TASKS } from '../../shared/constants.ts';
import { synthesize, text } from './template.ts';

const template = synthesize();

describe('the state machine', () => {
  const role = template.night()[1].Properties.RoleArn['Fn::GetAtt'][0] as string;
  const invoked = template
    .statementsOfRole(role)
    .filter(({ Action: actions }) => actions.includes('lambda:InvokeFunction'))
    .flatMap(({ Resource: resources }) => resources.map(text));

  it.each(TASKS.filter((task) => task !== 'serve-page' && task !== 'deliver-decision'))(
    'may invoke former versions of %s, which a run that waits through a deployment still names',
    (task) => {
      expect(invoked).toContain(`<${template.task(task).logicalId}.Arn>:*`);
    },
  );

  it.each(['serve-page', 'deliver-decision'] as const)('may not invoke %s', (task) => {
    expect(invoked.filter((arn) => arn.includes(template.task(task).logicalId))).toEqual([]);
  });

  it('may run, describe and redrive its own Distributed Maps', () => {
    const actions = template.statementsOfRole(role).flatMap(({ Action: each }) => each);
    expect(actions).toEqual(
      expect.arrayContaining([
        'states:StartExecution',
        'states:DescribeExecution',
        'states:StopExecution',
        'states:RedriveExecution',
      ]),
    );
  });

  it('may write to the run bucket and nowhere else in S3', () => {
    const [bucket] = template.ofType('AWS::S3::Bucket')[0]!;
    const statements = template
      .statementsOfRole(role)
      .filter(({ Action: actions }) => actions.some((action) => action.startsWith('s3:')));
    expect(statements.length).toBeGreaterThan(0);
    for (const resource of statements.flatMap(({ Resource: resources }) => resources.map(text)))
      expect(resource).toContain(bucket);
  });
});

it('lets DeliverDecision answer task tokens of this state machine and its maps only', () => {
  const [machine] = template.night();
  const resources = template
    .statementsOf('deliver-decision')
    .filter(({ Effect, Action: actions }) => Effect === 'Allow' && actions.includes('states:SendTaskSuccess'))
    .flatMap(({ Resource: each }) => each.map(text));
  expect(resources.sort()).toEqual([`<${machine}>`, `<${machine}>/*`]);
});
