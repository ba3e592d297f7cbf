import { parseConfirmationLink } from '../../../cli/input/confirmation-link.ts';

const link = (host: string, partition: string, region: string) =>
  `https://${host}/confirmation.html?TopicArn=arn:${partition}:sns:${region}:123456789012:digest&Token=abcdefgh1234`;

it.each([
  ['aws', 'eu-central-1', 'sns.eu-central-1.amazonaws.com'],
  ['aws-us-gov', 'us-gov-west-1', 'sns.us-gov-west-1.amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'sns.cn-north-1.amazonaws.com.cn'],
])('reads a link of the partition %s', (partition, region, host) => {
  expect(parseConfirmationLink(link(host, partition, region))).toEqual({
    region,
    token: 'abcdefgh1234',
    topicArn: `arn:${partition}:sns:${region}:123456789012:digest`,
  });
});

it.each([
  ["China's topic at the suffix of the others", link('sns.cn-north-1.amazonaws.com', 'aws-cn', 'cn-north-1')],
  ["China's suffix for a topic that is elsewhere", link('sns.eu-west-1.amazonaws.com.cn', 'aws', 'eu-west-1')],
  ['another region than its topic', link('sns.us-east-1.amazonaws.com', 'aws', 'eu-west-1')],
  ['a host that only begins like SNS', link('sns.eu-west-1.amazonaws.com.example.com', 'aws', 'eu-west-1')],
])('rejects %s', (_, text) => {
  expect(() => parseConfirmationLink(text)).toThrow('expected is https://sns.');
});
