import { healthResponse } from "@/lib/composition/health";

export const GET = healthResponse;

export const dynamic = "force-dynamic";
