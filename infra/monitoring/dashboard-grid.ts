/** CloudWatch's dashboards are 24 columns wide. */
export const FULL = 24;
export const THIRD = 8;
export const HEIGHT = 6;
