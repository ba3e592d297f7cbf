import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createChangeLedger } from './changes.ts';
import { createFunctionLedger } from './functions.ts';
import type { Ledger } from './ledger.ts';
import { createProposalLedger } from './proposals.ts';
import { createRemediationLedger, type RemediationLedger } from './remediations.ts';
import { createRunLedger } from './runs.ts';
import { createLedgerTable } from './table.ts';
import { createTurnLedger } from './turns.ts';

/** The ledger over its DynamoDB table; by a client of its own where that is given, else by the one that all share. */
export function createLedger(tableName: string, client?: DynamoDBClient): Ledger {
  const table = createLedgerTable(tableName, client);
  return {
    ...createRunLedger(table),
    ...createProposalLedger(table),
    ...createFunctionLedger(table),
    ...createChangeLedger(table),
    ...createTurnLedger(table),
  };
}

/** What remediation remembers, in the same table, so that it and the night see each other's work. */
export function createRemediations(tableName: string): RemediationLedger {
  return createRemediationLedger(createLedgerTable(tableName));
}
