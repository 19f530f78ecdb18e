// What the service does -> figures for Prometheus. Owns prom-client.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Service } from "./service.ts";

export interface Metrics {
  /** `route`: its pattern, never an address. */
  observe: (request: { method: string; route: string; status: number; seconds: number }) => void;
  text: () => Promise<string>;
  type: string;
}

export function metricsOf(service: Service): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ["method", "route", "status"] as const;
  const seconds = new Histogram({ name: "ziping_request_seconds", help: "Time until an answer was sent.", labelNames, buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60], registers: [registry] });
  const failed = new Counter({ name: "ziping_failed_requests_total", help: "Answers with a status of 500 and above.", registers: [registry] });
  new Gauge({
    name: "ziping_checks", help: "Checks in this process.", labelNames: ["state"], registers: [registry],
    collect() {
      const { running, waiting } = service.jobs.load();
      this.set({ state: "running" }, running);
      this.set({ state: "waiting" }, waiting);
    },
  });
  return {
    observe: ({ method, route, status, seconds: took }) => {
      seconds.observe({ method, route, status: String(status) }, took);
      if (status >= 500) failed.inc();
    },
    text: async () => await registry.metrics(),
    type: registry.contentType,
  };
}
