output "address" {
  description = "What the domain's CNAME points to."
  value       = aws_lb.hubs.dns_name
}

output "token_secret" {
  description = "The secret that tokens are signed with is in here, under `tokens`."
  value       = aws_secretsmanager_secret.hub.arn
}
