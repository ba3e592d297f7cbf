import { refuse } from './usage-error.ts';

/** What a confirmation mail's link carries. */
export interface Confirmation {
  topicArn: string;
  token: string;
  region: string;
}

const TOPIC_ARN = /^arn:aws[\w-]*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/;
const SNS_HOST = /^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

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
    (protocol !== 'https:' || !SNS_HOST.test(hostname)) &&
      `--confirm leads to ${protocol}//${hostname}, expected is https://sns.<region>.amazonaws.com`,
    region === '' && `--confirm has the TopicArn ${JSON.stringify(topicArn)}, expected is the ARN of an SNS topic`,
    !/^[\w-]{8,}$/.test(token) && '--confirm has no Token; copy the whole address of the link, quoted',
  ]);
  return { topicArn, token, region };
}
