import { CDK_CONTEXT, synthesize, type Template } from './template.ts';

/** What the stack says of AWS follows the partition it is deployed to: commercial regions, China, GovCloud. */

const EVERYTHING = { channels: { slackSecretName: 'rightsizer/slack', pagerDutySecretName: 'rightsizer/pagerduty' } };
const PLACES = [
  { region: 'eu-central-1', partition: 'aws' },
  { region: 'cn-north-1', partition: 'aws-cn' },
  { region: 'us-gov-west-1', partition: 'aws-us-gov' },
];

/** Service principals bear the same name everywhere; roles that are linked to a service bear its principal's name. */
const PRINCIPAL = /(?:^|role\/aws-service-role\/)[a-z]+(?:\.application-autoscaling)?\.amazonaws\.com(?=$|\/)/;

/** Every text of the template, with names of properties on the way to it. */
function* textsIn(value: unknown, path: string[] = []): Generator<{ path: string; text: string }> {
  if (typeof value === 'string') yield { path: path.join('.'), text: value };
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) yield* textsIn(each, [...path, name]);
}

const textsOf = ({ resources, outputs }: Template) => [...textsIn({ resources, outputs })];

describe.each(PLACES)('in $region', ({ region, partition }) => {
  const texts = textsOf(synthesize({ account: '123456789012', region, ...EVERYTHING }));

  it('has ARNs of its own partition only', () => {
    const partitions = texts.flatMap(({ text }) => [...text.matchAll(/\barn:([\w-]+):/g)].map(([, each]) => each));
    expect(new Set(partitions)).toEqual(new Set([partition]));
  });

  it('spells no endpoint, only service principals', () => {
    const spelled = texts.filter(({ text }) => text.includes('amazonaws.com'));
    expect(spelled.length).toBeGreaterThan(0);
    expect(spelled.filter(({ text }) => !PRINCIPAL.test(text))).toEqual([]);
  });

  it('names no other region', () => {
    const regions = texts.flatMap(
      ({ text }) => text.match(/\b(?:us|eu|cn|ap)-(?:gov-)?(?:north|south|east|west|central)-\d\b/g) ?? [],
    );
    expect(new Set(regions)).toEqual(new Set([region]));
  });
});

it('leaves the partition to CloudFormation where the region is not configured', () => {
  const literal = textsOf(synthesize(EVERYTHING)).filter(({ text }) => /\barn:aws/.test(text));
  expect(literal).toEqual([]);
});

it('prepares for every partition it is tested in', () => {
  expect(CDK_CONTEXT['@aws-cdk/core:target-partitions']).toEqual(PLACES.map(({ partition }) => partition));
});
