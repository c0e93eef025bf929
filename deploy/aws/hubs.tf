# The hubs: tasks of one service. A task's disk is its own and ends with it, so a new one completes
# its copy from the others before it is ready; what must outlive all of them is backed up from one.

resource "random_password" "cluster" {
  length  = 64
  special = false
}

resource "random_password" "tokens" {
  length  = 64
  special = false
}

resource "aws_secretsmanager_secret" "hub" {
  name_prefix = "${var.name}-"
}

resource "aws_secretsmanager_secret_version" "hub" {
  secret_id = aws_secretsmanager_secret.hub.id

  secret_string = jsonencode({
    cluster = random_password.cluster.result
    tokens  = random_password.tokens.result
    redis = format(
      "rediss://:%s@%s:6379",
      random_password.redis.result,
      aws_elasticache_replication_group.redis.configuration_endpoint_address,
    )
  })
}

resource "aws_cloudwatch_log_group" "hubs" {
  name              = "/ecs/${var.name}"
  retention_in_days = 30
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.hub.arn]
  }
}

resource "aws_iam_role" "execution" {
  name_prefix        = "${var.name}-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "secrets" {
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.secrets.json
}

resource "aws_ecs_cluster" "hubs" {
  name = var.name
}

locals {
  # The task's address is known to itself alone: it is its name and where the others reach it.
  start = <<-END
    address=$(hostname -i | cut -d ' ' -f 1)
    export MARTLET_CLUSTER_NODE="ip-$(echo "$address" | tr . -)"
    export MARTLET_CLUSTER_ADVERTISE="http://$address:8000"
    exec martlet serve --host 0.0.0.0 --port 8000 --data /data
  END

  secrets = {
    MARTLET_CLUSTER_REDIS  = "redis"
    MARTLET_CLUSTER_SECRET = "cluster"
    MARTLET_AUTH_SECRETS   = "tokens"
  }
}

data "aws_vpc" "network" {
  id = var.vpc_id
}

resource "aws_ecs_task_definition" "hub" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 2048
  memory                   = 4096
  execution_role_arn       = aws_iam_role.execution.arn

  volume {
    name = "data"
  }

  container_definitions = jsonencode([{
    name       = "martlet"
    image      = var.image
    essential  = true
    entryPoint = ["/bin/sh", "-c"]
    command    = [local.start]
    # Longer than the drain, in which clients move.
    stopTimeout  = 60
    portMappings = [{ containerPort = 8000 }]
    mountPoints  = [{ sourceVolume = "data", containerPath = "/data" }]
    ulimits      = [{ name = "nofile", softLimit = 65535, hardLimit = 65535 }]

    environment = [
      { name = "MARTLET_ORIGINS", value = join(",", var.origins) },
      { name = "MARTLET_PROXIES", value = data.aws_vpc.network.cidr_block },
      { name = "MARTLET_LOG_FORMAT", value = "json" },
    ]

    secrets = [
      for name, key in local.secrets :
      { name = name, valueFrom = "${aws_secretsmanager_secret.hub.arn}:${key}::" }
    ]

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.hubs.name
        "awslogs-region"        = var.region
        "awslogs-stream-prefix" = "hub"
      }
    }
  }])
}

resource "aws_ecs_service" "hubs" {
  name            = var.name
  cluster         = aws_ecs_cluster.hubs.id
  task_definition = aws_ecs_task_definition.hub.arn
  desired_count   = var.nodes
  launch_type     = "FARGATE"
  # A new node is there and complete before an old one goes: at no moment is there one copy less.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 150
  health_check_grace_period_seconds  = 300

  network_configuration {
    subnets         = var.private_subnet_ids
    security_groups = [aws_security_group.hubs.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.hubs.arn
    container_name   = "martlet"
    container_port   = 8000
  }

  depends_on = [aws_lb_listener.clients, aws_secretsmanager_secret_version.hub]
}
