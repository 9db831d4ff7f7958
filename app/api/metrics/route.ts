import { metricsResponse } from "@/lib/composition/metrics";

export const GET = metricsResponse;

export const dynamic = "force-dynamic";
