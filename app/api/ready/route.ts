import { readyResponse } from "@/lib/composition/ready";

export const GET = readyResponse;

export const dynamic = "force-dynamic";
