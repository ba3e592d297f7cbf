import { createServer, type Server } from 'node:http';

/** Compute Optimizer, which the emulator lacks: opted in, and one maximum of memory used for each function. */
export async function serveComputeOptimizer(
  maxMemoryUsedMb: () => ReadonlyMap<string, number>,
): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    const lambdaFunctionRecommendations = [...maxMemoryUsedMb()].map(([functionArn, value]) => ({
      functionArn: `${functionArn}:$LATEST`,
      functionVersion: '$LATEST',
      finding: 'NotOptimized',
      utilizationMetrics: [{ name: 'Memory', statistic: 'Maximum', value }],
      memorySizeRecommendationOptions: [],
    }));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ lambdaFunctionRecommendations }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, server };
}
