import { cronEndpoint } from "@/lib/composition/cron-endpoint";

export const GET = cronEndpoint;
