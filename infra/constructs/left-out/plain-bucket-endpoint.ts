/** What S3's client asks of its endpoint resolver; everything else that it asks is decided by a bucket's being plain. */
export interface BucketParameters {
  Bucket?: string;
  Region?: string;
  /** In place of AWS's own address, as AWS_ENDPOINT_URL gives it. */
  Endpoint?: string;
  ForcePathStyle?: boolean;
  UseFIPS?: boolean;
  UseDualStack?: boolean;
  Accelerate?: boolean;
}

export interface BucketEndpoint {
  url: URL;
  headers: Record<string, string[]>;
  properties: { authSchemes: object[] };
}

/** A bucket's name that can be a label of a host: what CloudFormation gives every bucket, and no ARN. */
const LABEL = /^[a-z\d][a-z\d-]{1,61}[a-z\d]$/;
/** Directory buckets and aliases of access points, which S3 tells by their end. */
const SPECIAL = /--(?:x|xa|op)-s3$/;
const IP_ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/**
 * Where a plain bucket is, as S3's own rules have it, which stand in no bundle.
 *
 * @param partition the SDK's, of a region
 * @throws Error for a bucket that is not plain, and for ways to reach one that no task takes
 */
export function plainBucketEndpoint(
  parameters: BucketParameters,
  partition: (region: string) => { dnsSuffix: string },
): BucketEndpoint {
  const { Bucket: bucket = '', Region: region, Endpoint, ForcePathStyle = false } = parameters;
  const { UseFIPS, UseDualStack, Accelerate } = parameters;
  if (!LABEL.test(bucket) || SPECIAL.test(bucket) || !region || UseFIPS || UseDualStack || Accelerate)
    throw new Error(
      `tasks reach buckets with a plain name at the address of their region only, given ${JSON.stringify(parameters)}`,
    );
  const url = new URL(Endpoint ?? `https://s3.${region}.${partition(region).dnsSuffix}`);
  if (ForcePathStyle || IP_ADDRESS.test(url.hostname)) url.pathname = `${url.pathname.replace(/\/?$/, '/')}${bucket}`;
  else url.hostname = `${bucket}.${url.hostname}`;
  const sigv4 = { disableDoubleEncoding: true, name: 'sigv4', signingName: 's3', signingRegion: region };
  return { url, headers: {}, properties: { authSchemes: [sigv4] } };
}
