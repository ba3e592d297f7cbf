/** An operation that lists: where its items stand, and the tokens that lead on. */
interface Listing {
  readonly items: string;
  /** Field of the answer that says where the rest is. */
  readonly next: string;
  /** Field of the request that asks for it. */
  readonly token: string;
}

const nextToken = (items: string): Listing => ({ items, next: 'NextToken', token: 'NextToken' });
const marker = (items: string): Listing => ({ items, next: 'NextMarker', token: 'Marker' });

/** Operations that page, by call. */
const LISTINGS: Readonly<Record<string, Listing>> = {
  'ApplicationAutoScaling.DescribeScalableTargets': nextToken('ScalableTargets'),
  'ApplicationAutoScaling.DescribeScalingPolicies': nextToken('ScalingPolicies'),
  'CloudWatch.DescribeAlarms': nextToken('MetricAlarms'),
  'CloudWatch.DescribeAlarmContributors': nextToken('AlarmContributors'),
  'CloudWatchLogs.DescribeLogGroups': { items: 'logGroups', next: 'nextToken', token: 'nextToken' },
  'ComputeOptimizer.GetLambdaFunctionRecommendations': {
    items: 'lambdaFunctionRecommendations',
    next: 'nextToken',
    token: 'nextToken',
  },
  'DynamoDB.ListTables': { items: 'TableNames', next: 'LastEvaluatedTableName', token: 'ExclusiveStartTableName' },
  'DynamoDB.Query': { items: 'Items', next: 'LastEvaluatedKey', token: 'ExclusiveStartKey' },
  'Lambda.ListAliases': marker('Aliases'),
  'Lambda.ListEventSourceMappings': marker('EventSourceMappings'),
  'Lambda.ListFunctions': marker('Functions'),
  'Lambda.ListProvisionedConcurrencyConfigs': marker('ProvisionedConcurrencyConfigs'),
  'Pricing.GetProducts': nextToken('PriceList'),
  'ResourceGroupsTaggingAPI.GetResources': {
    items: 'ResourceTagMappingList',
    next: 'PaginationToken',
    token: 'PaginationToken',
  },
  'SNS.ListSubscriptionsByTopic': nextToken('Subscriptions'),
};

type Fields = Record<string, unknown>;

/** Pages that are cut in two: the second half waits under a token that only we know. */
export class PagedAnswers {
  private readonly rests = new Map<string, { items: readonly unknown[]; next: unknown }>();

  static canCut(call: string): boolean {
    return call in LISTINGS || call in PARTS;
  }

  /** The rest of a page that was cut before, for a request that asks for it. */
  rest(call: string, input: Fields): object | undefined {
    const listing = LISTINGS[call];
    const rest = listing && this.rests.get(JSON.stringify(input[listing.token]));
    return rest && { [listing.items]: rest.items, ...(rest.next !== undefined && { [listing.next]: rest.next }) };
  }

  /** The answer with a part of its items, and how to get the others; undefined where nothing can be cut off. */
  cut(call: string, answer: object): object | undefined {
    const part = PARTS[call];
    if (part) return part(answer as Fields);
    const listing = LISTINGS[call];
    const items = listing && (answer as Fields)[listing.items];
    if (!listing || !Array.isArray(items)) return undefined;
    const half = Math.floor(items.length / 2);
    const name = `cut-${this.rests.size}`;
    const token = call === 'DynamoDB.Query' ? { pk: { S: name }, sk: { S: name } } : name;
    this.rests.set(JSON.stringify(token), { items: items.slice(half), next: (answer as Fields)[listing.next] });
    return { ...answer, [listing.items]: items.slice(0, half), [listing.next]: token };
  }

  /** The answer without the list that it always has; undefined for one that is no list. */
  static withoutItems(call: string, answer: object): object | undefined {
    const listing = LISTINGS[call];
    return listing && { ...answer, [listing.items]: undefined };
  }
}

/** Operations that answer in parts without a token of a page. */
const PARTS: Readonly<Record<string, (answer: Fields) => object | undefined>> = {
  'CloudWatch.GetMetricData': (answer) => ({
    ...answer,
    MetricDataResults: ((answer['MetricDataResults'] ?? []) as Fields[]).map((each, at) =>
      at % 2 === 0 ? each : { ...each, Values: [], Timestamps: [], StatusCode: 'InternalError' },
    ),
  }),
  'CloudWatchLogs.GetQueryResults': (answer) => ({ ...answer, status: 'Running', results: [] }),
  'DynamoDB.BatchGetItem': (answer) => batchCut(answer),
  'EventBridge.PutEvents': (answer) => refusedEntries(answer),
};

/** Half of the items come, the others are named as unprocessed by their keys. */
function batchCut(answer: Fields): object | undefined {
  const [[table, items] = []] = Object.entries((answer['Responses'] ?? {}) as Record<string, Fields[]>);
  if (table === undefined || items === undefined || items.length === 0) return undefined;
  const half = Math.floor(items.length / 2);
  const Keys = items.slice(half).map(({ pk, sk }) => ({ pk, sk }));
  return { ...answer, Responses: { [table]: items.slice(0, half) }, UnprocessedKeys: { [table]: { Keys } } };
}

/** The bus took the events, and says that it did not: they will come twice. */
function refusedEntries(answer: Fields): object {
  const entries = (answer['Entries'] ?? []) as Fields[];
  return {
    FailedEntryCount: 1,
    Entries: entries.map((each, at) => (at === 0 ? { ErrorCode: 'ThrottlingException' } : each)),
  };
}
