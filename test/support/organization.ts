/** A hub with three other places: two regions of one account, and one of another. */
export const HUB_ACCOUNT = '111111111111';
export const HUB_REGION = 'eu-central-1';
export const PAYMENTS = '222222222222';
export const SEARCH = '333333333333';
export const EXTERNAL_ID = 'rightsizer-0123456789';

export const ORGANIZATION = {
  account: HUB_ACCOUNT,
  region: HUB_REGION,
  organization: {
    externalId: EXTERNAL_ID,
    accounts: [
      { accountId: PAYMENTS, name: 'Payments', regions: [HUB_REGION, 'us-east-1'] },
      { accountId: SEARCH, regions: ['us-east-1'] },
    ],
  },
};
