import { createApp } from '../../infra/create-app.ts';
import { TASKS } from '../../shared/constants.ts';
import { SPOKE_ROLES, TASKS_OF_SPOKE_ROLE } from '../../shared/domain/organization/role-names.ts';
import { EXTERNAL_ID, HUB_ACCOUNT, HUB_REGION, ORGANIZATION } from '../support/organization.ts';
import { CDK_CONTEXT, NOW, type Statement, synthesize, synthesizeSpoke, type Template, text } from './template.ts';

const hub = synthesize(ORGANIZATION);
const spoke = synthesizeSpoke(ORGANIZATION)!;

const roleNamed = (end: string): [string, Template['resources'][string]] =>
  spoke.ofType('AWS::IAM::Role').find(([, { Properties }]) => text(Properties.RoleName).endsWith(end))!;

const onFunctions = (statements: readonly Statement[]) =>
  statements
    .filter(({ Action: actions }) => actions.some((action) => /^lambda:(Update|Publish|Put|Delete)/.test(action)))
    .map(({ Effect, Action, Condition, Resource }) => ({
      ...{ Effect, Action: Action.toSorted(), Condition },
      // The hub's template knows its account and region by value.
      Resource: Resource.map((each) =>
        text(each)
          .replace(`:${HUB_ACCOUNT}:`, ':<AWS::AccountId>:')
          .replace(`:${HUB_REGION}:`, ':<AWS::Region>:')
          .replace('arn:aws:', 'arn:<AWS::Partition>:'),
      ),
    }));

describe('the template of a spoke', () => {
  it('is roles and their policies, without parameters, assets or anything of CDK’s bootstrap', () => {
    expect(new Set(Object.values(spoke.resources).map(({ Type }) => Type))).toEqual(
      new Set(['AWS::IAM::Role', 'AWS::IAM::Policy']),
    );
    const { app } = createApp(NOW, {
      builtinCloudFormationValidation: false,
      context: {
        ...CDK_CONTEXT,
        rightsizer: { emails: ['approver@example.com'], ...ORGANIZATION },
        'aws:cdk:bundling-stacks': [],
      },
    });
    const [{ template, assets } = { template: {}, assets: [] }] = app
      .synth()
      .getNestedAssembly('assembly-Spokes').stacks;
    expect(Object.keys(template).toSorted()).toEqual(['Description', 'Outputs', 'Resources']);
    expect(assets).toEqual([]);
  });

  it.each(SPOKE_ROLES)(
    'lets the hub’s tasks of their own kind be %s, who say the external id, and nobody else',
    (role) => {
      const [, { Properties }] = roleNamed(`-spoke-${role}`);
      const { Statement: trust } = Properties.AssumeRolePolicyDocument;
      expect(trust).toEqual([
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: expect.anything() },
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': expect.anything() },
            StringEquals: { 'sts:ExternalId': EXTERNAL_ID },
          },
        },
      ]);
      const callers = [trust[0].Condition.ArnEquals['aws:PrincipalArn']].flat().map(text);
      expect(callers).toEqual(
        TASKS_OF_SPOKE_ROLE[role].map(
          (task) => `arn:<AWS::Partition>:iam::${HUB_ACCOUNT}:role/Rightsizer-${HUB_REGION}-${task}`,
        ),
      );
      expect(text(trust[0].Principal.AWS)).toBe(`arn:<AWS::Partition>:iam::${HUB_ACCOUNT}:root`);
    },
  );

  it.each(['apply-change', 'finish-shift', 'roll-back-change'] as const)(
    'lets %s write exactly as in the hub’s own account, the opt-out tag among it',
    (task) => {
      const [role] = roleNamed(`-spoke-${task}`);
      const there = onFunctions(spoke.statementsOfRole(role));
      expect(there.length).toBeGreaterThan(0);
      expect(there).toEqual(onFunctions(hub.statementsOf(task)));
    },
  );

  it('lets the reader read only', () => {
    const [role] = roleNamed('-spoke-read');
    const actions = spoke.statementsOfRole(role).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/^[a-z-]+:(Get|List|Describe|StartQuery$|StopQuery$)/.test(action))).toEqual([]);
  });

  it('has no role that writes where the stage is read-only', () => {
    const readOnly = synthesizeSpoke({ ...ORGANIZATION, readOnly: true })!;
    const names = readOnly.ofType('AWS::IAM::Role').map(([, { Properties }]) => text(Properties.RoleName));
    expect(names).toEqual(['Rightsizer-<AWS::Region>-spoke-read']);
  });
});

describe('the hub', () => {
  const assumed = (task: (typeof TASKS)[number]) =>
    hub
      .statementsOf(task)
      .filter(({ Action }) => Action.includes('sts:AssumeRole'))
      .flatMap(({ Resource }) => Resource.map(text));

  it.each(SPOKE_ROLES)('lets its tasks assume their role %s in every spoke by name, and no other role', (role) => {
    for (const task of TASKS_OF_SPOKE_ROLE[role])
      expect(assumed(task)).toEqual([
        `arn:aws:iam::222222222222:role/Rightsizer-eu-central-1-spoke-${role}`,
        `arn:aws:iam::222222222222:role/Rightsizer-us-east-1-spoke-${role}`,
        `arn:aws:iam::333333333333:role/Rightsizer-us-east-1-spoke-${role}`,
      ]);
  });

  it('lets no task assume a role that writes where the stage is read-only', () => {
    const readOnly = synthesize({ ...ORGANIZATION, readOnly: true });
    const holders = TASKS.filter((task) => readOnly.actionsOf(task).includes('sts:AssumeRole'));
    expect(holders.toSorted()).toEqual(TASKS_OF_SPOKE_ROLE.read.toSorted());
  });

  it('calls those tasks’ roles as the spokes know them', () => {
    for (const task of Object.values(TASKS_OF_SPOKE_ROLE).flat()) {
      const role = hub.task(task).resource.Properties.Role['Fn::GetAtt'][0];
      expect(hub.resources[role]!.Properties.RoleName).toBe(`Rightsizer-${HUB_REGION}-${task}`);
    }
  });

  it('gives no other task anything of it', () => {
    const others = TASKS.filter((task) => !Object.values(TASKS_OF_SPOKE_ROLE).flat().includes(task));
    for (const task of others) {
      expect(assumed(task)).toEqual([]);
      expect(hub.task(task).resource.Properties.Environment.Variables).not.toHaveProperty('ORGANIZATION');
    }
  });
});

it('leaves a stage without `organization` as it was', () => {
  const alone = synthesize({ account: HUB_ACCOUNT, region: HUB_REGION });
  expect(synthesizeSpoke({ account: HUB_ACCOUNT, region: HUB_REGION })).toBeUndefined();
  expect(JSON.stringify(alone.resources)).not.toMatch(/sts:AssumeRole"[^}]*Resource|ORGANIZATION|RoleName"/);
  expect(Object.keys(hub.resources).map(withoutHash).toSorted()).toEqual(
    Object.keys(alone.resources).map(withoutHash).toSorted(),
  );
});

/** A version's id goes with its function's settings. */
const withoutHash = (id: string): string => id.replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}$/, '$1');
