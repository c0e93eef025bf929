# Clients reach the balancer, the balancer and the other hubs reach a hub, hubs reach Redis.

resource "aws_security_group" "balancer" {
  name_prefix = "${var.name}-balancer-"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  security_group_id = aws_security_group.balancer.id
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "balancer" {
  security_group_id            = aws_security_group.balancer.id
  referenced_security_group_id = aws_security_group.hubs.id
  from_port                    = 8000
  to_port                      = 8000
  ip_protocol                  = "tcp"
}

resource "aws_security_group" "hubs" {
  name_prefix = "${var.name}-hubs-"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "balanced" {
  security_group_id            = aws_security_group.hubs.id
  referenced_security_group_id = aws_security_group.balancer.id
  from_port                    = 8000
  to_port                      = 8000
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_security_group.hubs.id
  referenced_security_group_id = aws_security_group.hubs.id
  from_port                    = 8000
  to_port                      = 8000
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "hubs" {
  security_group_id = aws_security_group.hubs.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_security_group" "redis" {
  name_prefix = "${var.name}-redis-"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "redis" {
  security_group_id            = aws_security_group.redis.id
  referenced_security_group_id = aws_security_group.hubs.id
  from_port                    = 6379
  to_port                      = 6379
  ip_protocol                  = "tcp"
}

resource "aws_lb" "hubs" {
  name               = var.name
  load_balancer_type = "application"
  subnets            = var.public_subnet_ids
  security_groups    = [aws_security_group.balancer.id]
  # The hub pings every 25 s: a connection that is silent for longer than that is dead.
  idle_timeout               = 75
  drop_invalid_header_fields = true
  # The client's address is set here, and what it claims itself is dropped.
  xff_header_processing_mode = "append"
}

resource "aws_lb_target_group" "hubs" {
  name_prefix                   = "hub-"
  vpc_id                        = var.vpc_id
  port                          = 8000
  protocol                      = "HTTP"
  target_type                   = "ip"
  load_balancing_algorithm_type = "least_outstanding_requests"
  # The hub itself tells its clients to move.
  deregistration_delay = 30

  health_check {
    path                = "/readyz"
    interval            = 5
    timeout             = 3
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "clients" {
  load_balancer_arn = aws_lb.hubs.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.hubs.arn
  }
}

# What operators and nodes ask is not asked through here.
resource "aws_lb_listener_rule" "operators" {
  listener_arn = aws_lb_listener.clients.arn
  priority     = 1

  condition {
    path_pattern {
      values = ["/metrics", "/cluster/*"]
    }
  }

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "403"
    }
  }
}
