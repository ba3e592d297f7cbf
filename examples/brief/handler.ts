import { withConnectionPool, getDynamoDBClient, cacheResponse, getCachedResponse } from './connection-pool';
import { trackResponseTime } from './cloudwatch-metrics';

export const handler = withConnectionPool(async (event) => {
  const startTime = Date.now();
  const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME!;
  
  try {
    // Check cache first
    const cacheKey = `query:${event.userId}:${event.query}`;
    const cached = getCachedResponse(cacheKey);
    
    if (cached) {
      await trackResponseTime({
        responseTime: Date.now() - startTime,
        functionName,
        statusCode: 200,
        cacheHit: true,
        cost: 0, // No cost for cached response
      });
      
      return cached;
    }
    
    // Use pooled client
    const dynamoDB = getDynamoDBClient();
    
    // Process request
    const result = await processRequest(event, dynamoDB);
    
    // Cache result
    cacheResponse(cacheKey, result, 86400); // 24 hours
    
    // Track metrics
    await trackResponseTime({
      responseTime: Date.now() - startTime,
      functionName,
      statusCode: 200,
      cacheHit: false,
      cost: 0.0001,
    });
    
    return result;
  } catch (error) {
    await trackResponseTime({
      responseTime: Date.now() - startTime,
      functionName,
      statusCode: 500,
      errorType: error.name,
    });
    
    throw error;
  }
});

// Above, word for word, the integration example of the brief. It leaves `processRequest` to the application:
import { processRequest } from '../process-request';
