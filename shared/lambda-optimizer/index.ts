/** The pipeline's library face: look at one function, start a run over all, approve what a run proposed. */
export { type AnalyzeFunctionInput, analyzeFunction, type FunctionAnalysis } from './analyze-function.ts';
export { type ApplyOptimizationInput, applyOptimization } from './apply-optimization.ts';
export { type OptimizeAllInput, optimizeAllFunctions } from './optimize-all-functions.ts';
