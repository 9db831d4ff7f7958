import { exportCustomers } from "@/lib/composition/customer-export";

export const GET = exportCustomers;
