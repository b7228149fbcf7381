// Answers on PORT: /health with 503 until somebody has asked for /ready, anything else with the process id.
import { createServer } from "node:http";

let status = 503;
createServer((request, response) => {
  if (request.url === "/ready") status = 200;
  response.statusCode = request.url === "/health" ? status : 200;
  response.end(String(process.pid));
}).listen(Number(process.env.PORT), "127.0.0.1");
