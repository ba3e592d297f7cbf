import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

/** As much of a night's report as is looked at here. */
export interface Report {
  counts: Record<string, number>;
  changed: Settled[];
  settled: Settled[];
  unavailableSources?: { source: string; reason: string }[];
}

interface Settled {
  functionName: string;
  kind: string;
  reason?: string;
  decidedByKind?: string;
  after?: { memorySizeMb: number };
}

/** The newest report in the bucket. */
export async function readReport(Bucket: string): Promise<Report> {
  const s3 = new S3Client({ forcePathStyle: true });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'runs/' }));
  const keys = Contents.map(({ Key = '' }) => Key).filter((key) => key.endsWith('/report.json'));
  const Key = keys.toSorted().at(-1) ?? 'runs/report.json';
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return JSON.parse((await Body?.transformToString()) ?? '') as Report;
}
