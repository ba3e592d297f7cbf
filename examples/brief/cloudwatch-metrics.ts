/** Where the brief's example expects the metrics; in yours: `from 'lambda-rightsizer/cloudwatch-metrics'`. */
export * from '../../shared/cloudwatch-metrics/index.ts';
