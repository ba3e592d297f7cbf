import type { S3Service } from '../../sandbox/account/s3/s3-service.ts';

/** An answer of AWS as it comes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Services that do not speak JSON. */
const XML_SERVICES = ['S3', 'SNS', 'STS', 'CloudFormation'];
const NO_BODY = new Uint8Array();

/** What the embedded account answered, in the protocol of its service: the task's SDK takes it up as it would AWS's. */
export function wireAnswer(
  call: string,
  input: Readonly<Record<string, unknown>>,
  output: object,
  s3: Pick<S3Service, 'readBytes'>,
): WireAnswer {
  const [service = '', operation = ''] = call.split('.');
  const { $metadata: _, ...fields } = output as Record<string, unknown>;
  if (!XML_SERVICES.includes(service)) return ok(JSON.stringify(fields, asJsonWire));
  if (service !== 'S3') return ok(queryXml(operation, fields));
  if (operation === 'GetObject')
    return ok(s3.readBytes(String(input['Bucket']), String(input['Key'])), headersOf(fields));
  if (operation === 'ListObjectsV2') return ok(`<ListBucketResult>${flatXml(fields)}</ListBucketResult>`);
  return ok(NO_BODY, headersOf(fields));
}

/** A refusal, by its code. */
export function wireError(call: string, error: Error & { $metadata?: { httpStatusCode?: number } }): WireAnswer {
  const status = error.$metadata?.httpStatusCode ?? 400;
  const [service = ''] = call.split('.');
  const code = `<Error><Type>Sender</Type><Code>${error.name}</Code><Message>${escaped(error.message)}</Message></Error>`;
  if (service === 'S3') return { ...ok(code), status };
  if (XML_SERVICES.includes(service)) return { ...ok(`<ErrorResponse>${code}</ErrorResponse>`), status };
  const body = JSON.stringify({ __type: error.name, message: error.message, Message: error.message });
  return { ...ok(body, { 'x-amzn-errortype': error.name }), status };
}

const ok = (body: string | Uint8Array, headers: Record<string, string> = {}): WireAnswer => ({
  status: 200,
  headers,
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

/** Times are seconds and bytes base64; JSON.stringify has made text of a date by the time it hands it over. */
function asJsonWire(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const given = this[name];
  if (given instanceof Date) return given.getTime() / 1000;
  if (given instanceof Uint8Array) return Buffer.from(given).toString('base64');
  return value;
}

function headersOf({ ETag: etag, ContentType: type, ContentEncoding: encoding }: Record<string, unknown>) {
  const headers = { etag, 'content-type': type, 'content-encoding': encoding };
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

const queryXml = (operation: string, fields: Record<string, unknown>): string =>
  `<${operation}Response><${operation}Result>${memberXml(fields)}</${operation}Result></${operation}Response>`;

/** Lists repeat their element. */
function flatXml(fields: Record<string, unknown>): string {
  const elements = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => element(name, each, flatXml)),
  );
  return elements.join('');
}

/** Lists have members, and SNS's attributes are a map. */
function memberXml(fields: Record<string, unknown>): string {
  const elements = Object.entries(fields).map(([name, value]) => {
    if (name === 'Attributes')
      return `<Attributes>${Object.entries(value as object)
        .map(([key, text]) => `<entry><key>${key}</key><value>${escaped(String(text))}</value></entry>`)
        .join('')}</Attributes>`;
    if (!Array.isArray(value)) return element(name, value, memberXml);
    return `<${name}>${value.map((each) => element('member', each, memberXml)).join('')}</${name}>`;
  });
  return elements.join('');
}

function element(name: string, value: unknown, inside: (fields: Record<string, unknown>) => string): string {
  if (value === undefined) return '';
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  if (typeof value === 'object' && value !== null)
    return `<${name}>${inside(value as Record<string, unknown>)}</${name}>`;
  return `<${name}>${escaped(String(value))}</${name}>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
