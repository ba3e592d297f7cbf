/** China's list is in CNY, GovCloud has none, and credentials of either are unknown to the other partitions. */
export const hasPriceListInUsd = (region: string): boolean => !/^(cn|us-gov|us-iso\w*)-/.test(region);
