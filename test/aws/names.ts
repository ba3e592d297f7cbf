/** What the test makes in the account, by name. */
export const TEST_STACK = 'RightsizerTest';
export const TEST_FUNCTIONS_STACK = 'RightsizerTestFunctions';
export const TEST_FUNCTIONS = ['rightsizer-test-a', 'rightsizer-test-b', 'rightsizer-test-c'] as const;
/** Only functions that carry it are in the run's scope. */
export const TEST_TAG = 'rightsizer-test';
export const TEST_MEMORY_MB = 3_008;
