import type { ScalableDimension, ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';

/** What is scaled of a resource: a table's or an index's capacity, or an alias's provisioned concurrency. */
export interface ScalingTarget {
  /** `table/orders`, `table/orders/index/by-customer` or `function:orders:live`. */
  readonly resourceId: string;
  readonly dimension: 'read' | 'write' | 'provisioned';
}

export interface TargetName {
  ServiceNamespace: ServiceNamespace;
  ResourceId: string;
  ScalableDimension: ScalableDimension;
}

/** @throws RangeError for a resource that does not have the dimension */
export function targetName({ resourceId, dimension }: ScalingTarget): TargetName {
  if (resourceId.startsWith('function:') && dimension === 'provisioned') {
    return {
      ServiceNamespace: 'lambda',
      ResourceId: resourceId,
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
    };
  }
  if (!resourceId.startsWith('table/') || dimension === 'provisioned') {
    throw new RangeError(`scaling target must be a table, an index or an alias, got ${dimension} of ${resourceId}`);
  }
  const kind = resourceId.includes('/index/') ? 'index' : 'table';
  const units = dimension === 'read' ? 'ReadCapacityUnits' : 'WriteCapacityUnits';
  return {
    ServiceNamespace: 'dynamodb',
    ResourceId: resourceId,
    ScalableDimension: `dynamodb:${kind}:${units}` as ScalableDimension,
  };
}
