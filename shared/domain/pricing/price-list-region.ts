/**
 * Whether a deployment in the region can ask for prices in USD. China's list is in CNY; the other lists' endpoints are in
 * the partition `aws`, to which credentials of GovCloud and of the isolated partitions are unknown.
 */
export const hasPriceListInUsd = (region: string): boolean => !/^(cn|us-gov|us-iso\w*)-/.test(region);
