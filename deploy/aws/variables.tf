variable "region" {
  description = "Where all of it is."
  type        = string
  default     = "eu-central-1"
}

variable "name" {
  description = "What all of it is called."
  type        = string
  default     = "martlet"
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "public_subnet_ids" {
  description = "Where the balancer is: two zones at least."
  type        = list(string)
}

variable "private_subnet_ids" {
  description = "Where hubs and Redis are: two zones at least, with a way out to ECR."
  type        = list(string)
}

variable "image" {
  description = "The image built from deploy/Dockerfile."
  type        = string
}

variable "certificate_arn" {
  description = "Of the balancer's certificate."
  type        = string
}

variable "nodes" {
  description = "How many hubs."
  type        = number
  default     = 3
}

variable "origins" {
  description = "Whose pages may connect."
  type        = list(string)
}

variable "redis_node_type" {
  description = "The size of each Redis."
  type        = string
  default     = "cache.r7g.large"
}
