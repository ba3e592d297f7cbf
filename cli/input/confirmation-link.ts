import { refuse } from './usage-error.ts';

/** What a confirmation mail's link carries. */
export interface Confirmation {
  topicArn: string;
  token: string;
  region: string;
}

const TOPIC_ARN = /^arn:aws[\w-]*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/;

/** China's endpoints have a suffix of their own; GovCloud's do not. */
const snsHost = (region: string): string => `sns.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

/** The region a host claims to be in; what is no region ends in no host of SNS. */
const hostRegion = (hostname: string): string => /^sns\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(hostname)?.[1] ?? '';

/**
 * Reads the address behind "Confirm subscription" in SNS's mail, in either of its forms: the page
 * (`…/confirmation.html?TopicArn=…&Token=…&Endpoint=…`) and the API call (`…/?Action=ConfirmSubscription&…`).
 *
 * @throws UsageError naming every problem
 */
export function parseConfirmationLink(link: string): Confirmation {
  if (!URL.canParse(link)) refuse([`--confirm is not an address: ${JSON.stringify(link)}`]);
  const { protocol, hostname, searchParams } = new URL(link);
  const topicArn = searchParams.get('TopicArn') ?? '';
  const token = searchParams.get('Token') ?? '';
  const [, region = ''] = TOPIC_ARN.exec(topicArn) ?? [];
  refuse([
    (protocol !== 'https:' || hostname !== snsHost(region || hostRegion(hostname))) &&
      `--confirm leads to ${protocol}//${hostname}, expected is https://${snsHost(region || '<region>')}`,
    region === '' && `--confirm has the TopicArn ${JSON.stringify(topicArn)}, expected is the ARN of an SNS topic`,
    !/^[\w-]{8,}$/.test(token) && '--confirm has no Token; copy the whole address of the link, quoted',
  ]);
  return { topicArn, token, region };
}
