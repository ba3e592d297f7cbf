/**
 * What ListFunctions said of a function, as far as rules need it. Of the environment only the memory floor is kept:
 * it holds secrets, and nothing here needs them.
 */
export interface ListedFunction {
  readonly functionName: string;
  readonly functionArn: string;
  readonly runtime?: string;
  readonly architecture: 'arm64' | 'x86_64';
  readonly packageType: 'Zip' | 'Image';
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly ephemeralStorageMb: number;
  /** ISO 8601 UTC. */
  readonly lastModified: string;
  readonly codeSha256: string;
  readonly logGroupName: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly systemLogLevel?: string;
  readonly runtimeMemoryFloorMb?: number;
  /** ListFunctions leaves `state` and `lastUpdateStatus` out for most functions: absent means unknown, not inactive. */
  readonly state?: string;
  readonly stateReason?: string;
  readonly lastUpdateStatus?: string;
  /** Set on the replicas of a Lambda@Edge function. */
  readonly masterArn?: string;
  readonly managedInstances: boolean;
  readonly durable: boolean;
  readonly codeSigned: boolean;
}
