import { changesInWords } from '../../cli/deploy/changes-in-words.ts';
import { planInWords } from '../../cli/deploy/plan-in-words.ts';
import { resourcesOf, type Template } from '../../cli/deploy/template.ts';
import { synthesize } from './template.ts';

const template = { Resources: synthesize().resources } as Template;

describe('what the deployment guide says of the template', () => {
  it('puts every permission to change what others own into words', () => {
    const changes = changesInWords(template);
    expect(changes).toContain('memory size and timeout of functions');
    expect(changes.filter((line) => /^[\w-]+:\w+$/.test(line))).toEqual([]);
  });

  it('names a permission that nobody has put into words', () => {
    const [policy] = resourcesOf(template, 'AWS::IAM::Policy');
    const statement = { Effect: 'Allow', Action: 'ec2:TerminateInstances', Resource: '*' };
    const Properties = { ...policy!.Properties, PolicyDocument: { Statement: [statement] } };
    expect(changesInWords({ Resources: { New: { ...policy!, Properties } } })).toEqual(['ec2:TerminateInstances']);
  });

  it('says nothing of what the stack may do to itself', () => {
    const [policy] = resourcesOf(template, 'AWS::IAM::Policy');
    const statement = { Effect: 'Allow', Action: 'dynamodb:DeleteTable', Resource: { 'Fn::GetAtt': ['Own', 'Arn'] } };
    const Properties = { ...policy!.Properties, PolicyDocument: { Statement: [statement] } };
    const Resources = { Policy: { ...policy!, Properties }, Own: { Type: 'AWS::DynamoDB::Table' } };
    expect(changesInWords({ Resources })).toEqual([]);
  });

  it('counts what it creates and prices alarms by the metrics they name', () => {
    const plan = {
      account: { accountId: '123456789012', region: 'eu-west-1' },
      stackName: 'Rightsizer',
      functionCount: 500,
    };
    const text = planInWords({ ...plan, emails: ['you@example.com'], template });
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
    const metrics = alarms.flatMap(({ Properties }) => Properties.Metrics ?? [{ MetricStat: {} }]);
    const billed = metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
    expect(text).toContain(`${resourcesOf(template, 'AWS::Lambda::Function').length} Lambda functions`);
    expect(text).toContain(`$${(billed / 10).toFixed(2)} a month for ${alarms.length} alarms`);
    expect(text).toContain('Digests and alarms go to you@example.com.');
  });
});
