export { cronEndpoint as GET } from "@/lib/composition/cron-endpoint";
